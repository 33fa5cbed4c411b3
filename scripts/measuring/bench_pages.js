// The pages that scripts/bench holds the checker against; `waiting` comes from bench_driver.js.

const data = bytes(waiting.file);

/** Pyodide's stock files, its own loading of packages, and the same verdict. */
async function stock() {
  const { loadPyodide } = await import("./pyodide.mjs");
  const pyodide = await loadPyodide({ lockFileURL: "pyodide-lock.json" });
  await pyodide.loadPackage("cryptography");
  const wheel = await fetch("certcheck-0-py3-none-any.whl");
  pyodide.unpackArchive(await wheel.arrayBuffer(), "wheel");
  pyodide.globals.set("data", data);
  pyodide.globals.set("password", waiting.password);
  const report = JSON.parse(
    pyodide.runPython(`
from certcheck.browser import inspect_files
inspect_files([("file", data.to_bytes(), password)], "2027-03-10T12:00:00+09:00")
`),
  );
  document.body.append(report.files[0].certificates[0].subject);
  return performance.now();
}

/** What no checker of this size can do without. */
async function bare() {
  await WebAssembly.compileStreaming(fetch("pyodide.asm.wasm"));
  return performance.now();
}

/** The same file with a library of JavaScript: its key and its certificate. */
function read() {
  const began = performance.now();
  const binary = atob(waiting.file);
  const { asn1, pkcs12, pki } = globalThis.forge;
  const file = pkcs12.pkcs12FromAsn1(asn1.fromDer(binary), waiting.password);
  const [bag] = file.getBags({ bagType: pki.oids.pkcs8ShroudedKeyBag })[pki.oids.pkcs8ShroudedKeyBag];
  const [owner] = file.getBags({ bagType: pki.oids.certBag })[pki.oids.certBag];
  if (!bag.key.n.equals(owner.cert.publicKey.n)) throw new Error("another key");
  return performance.now() - began;
}

window.read = read;
window.verdict = { stock, bare, forge: async () => performance.now() }[document.title]();
