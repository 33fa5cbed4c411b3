// Prints, as JSON, which versions Pyodide says it has and has loaded.

import { startPyodide } from "./start_pyodide.mjs";

const VERSIONS = `
import importlib.metadata, json, platform
from cryptography.hazmat.backends.openssl import backend
json.dumps({
    "python": platform.python_version(),
    "cryptography": importlib.metadata.version("cryptography"),
    "cffi": importlib.metadata.version("cffi"),
    "openssl": backend.openssl_version_text().split()[1],
})
`;

const pyodide = await startPyodide();
process.stdout.write(pyodide.runPython(VERSIONS));
