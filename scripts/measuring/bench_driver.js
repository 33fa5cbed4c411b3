// What scripts/bench puts before every page: chooses the waiting file as soon as there is a place for it, types the password
// as soon as it is asked for, and notes when the verdict is shown. `waiting` is set above.

globalThis.bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Chooses a file; resolves when its card is shown. */
function judged(text) {
  return new Promise((resolve) => {
    let chosen = false;
    const look = () => {
      const input = document.querySelector("#file");
      if (input && !chosen) {
        chosen = true;
        const files = new DataTransfer();
        files.items.add(new File([bytes(text)], "file"));
        input.files = files.files;
        input.dispatchEvent(new Event("change"));
        return;
      }
      const form = document.querySelector("form.password:not([data-typed])");
      if (form) {
        form.dataset.typed = "";
        form.querySelector("input").value = waiting.password;
        form.requestSubmit();
      }
      if (!chosen || !document.querySelector(".card[data-sha256]")) return;
      watcher.disconnect();
      resolve(performance.now());
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { childList: true, subtree: true });
    look();
  });
}

/** Milliseconds from choosing a file to its verdict, on a page that is ready. */
window.judge = async (text) => {
  for (const card of document.querySelectorAll(".card[data-sha256]")) card.remove();
  const began = performance.now();
  return (await judged(text)) - began;
};

if (!location.pathname.includes("/stock/")) window.verdict = judged(waiting.file);
