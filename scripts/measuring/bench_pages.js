// The pages that scripts/bench compares the checker with; `waiting` comes from bench_driver.js.

const data = decodeBase64(waiting.file);

/** Judge with Pyodide's stock files and its own loading of packages. */
async function judgeWithStockPyodide() {
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

/** Compile the interpreter and nothing else: the least that a checker of this size needs. */
async function compileInterpreter() {
  await WebAssembly.compileStreaming(fetch("pyodide.asm.wasm"));
  return performance.now();
}

/** Measure how long a library of JavaScript takes to read the key and the certificate of the same file. */
function readWithForge() {
  const start = performance.now();
  const binary = atob(waiting.file);
  const { asn1, pkcs12, pki } = globalThis.forge;
  const file = pkcs12.pkcs12FromAsn1(asn1.fromDer(binary), waiting.password);
  const [bag] = file.getBags({ bagType: pki.oids.pkcs8ShroudedKeyBag })[pki.oids.pkcs8ShroudedKeyBag];
  const [owner] = file.getBags({ bagType: pki.oids.certBag })[pki.oids.certBag];
  if (!bag.key.n.equals(owner.cert.publicKey.n)) throw new Error("another key");
  return performance.now() - start;
}

const verdicts = {
  stock: judgeWithStockPyodide,
  bare: compileInterpreter,
  forge: async () => performance.now(),
};
window.read = readWithForge;
window.verdict = verdicts[document.title]();
