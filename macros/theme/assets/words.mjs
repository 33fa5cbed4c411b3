// What scripts add to guide pages, in words, and the region that says it aloud.

const WORDS = {
  ja: {
    copy: "コピー",
    copyLink: "リンクをコピー",
    copied: "コピーしました",
    failed: "選択しました。Ctrl+C でコピーしてください",
    done: "済み",
    /** @type {(number: number, count: number) => string} */
    place: (number, count) => `${count}個中${number}番目（このあと${count - number}個）`,
    previous: "前の手順",
    next: "次の手順",
    /** @type {(ticked: number, count: number) => string} */
    progress: (ticked, count) => `${count}個中${ticked}個が済み（残り${count - ticked}個）`,
    progressName: "手順の進み具合",
    goOn: "続き",
    all: "すべて済みました",
    kept: "済みの印は、このブラウザーの中だけに残ります。付けなくても構いません。",
    reset: "済みの印をすべて消す",
    wasReset: "済みの印をすべて消しました",
    print: "印刷する",
    menu: "メニュー",
    contents: "目次",
    pages: "下のページ",
  },
  en: {
    copy: "Copy",
    copyLink: "Copy link",
    copied: "Copied",
    failed: "Selected. Press Ctrl+C to copy",
    done: "Done",
    /** @type {(number: number, count: number) => string} */
    place: (number, count) => `Step ${number} of ${count} (${count - number} more after it)`,
    previous: "Previous step",
    next: "Next step",
    /** @type {(ticked: number, count: number) => string} */
    progress: (ticked, count) => `${ticked} of ${count} done (${count - ticked} to go)`,
    progressName: "Progress through the steps",
    goOn: "Go on",
    all: "All steps are done",
    kept: "Ticks stay in this browser only. You do not have to use them.",
    reset: "Clear all ticks",
    wasReset: "All ticks are cleared",
    print: "Print",
    menu: "Menu",
    contents: "Contents",
    pages: "Pages below it",
  },
};
export const words = document.documentElement.lang === "ja" ? WORDS.ja : WORDS.en;

const announcer = document.createElement("div");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");
document.body.append(announcer);

/** @param {string} text what a screen reader says, without the focus moving; empty: nothing any more */
export function announce(text) {
  announcer.textContent = text;
}
