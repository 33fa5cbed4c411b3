// Opens PKCS#12 files in Pyodide and prints the certificates and whether their keys match, as JSON: node open_pkcs12.mjs PASSWORD FILE...

import { readFileSync } from "node:fs";
import { startPyodide } from "./start_pyodide.mjs";

const OPEN = `
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import pkcs12

def report(content, password):
    bundle = pkcs12.load_pkcs12(content.to_bytes(), password.encode())
    certificate = bundle.cert.certificate
    return {
        "sha256": certificate.fingerprint(hashes.SHA256()).hex(),
        "key_matches": bundle.key.public_key() == certificate.public_key(),
    }

import json
json.dumps([report(content, password) for content in contents])
`;

const [password, ...files] = process.argv.slice(2);
const pyodide = await startPyodide();
pyodide.globals.set("password", password);
pyodide.globals.set(
  "contents",
  files.map((file) => new Uint8Array(readFileSync(file))),
);
process.stdout.write(pyodide.runPython(OPEN));
