// Loads what offers begun guides, on the start page and where there are any.
import { BEGUN, listKeys } from "./local-storage.mjs";

if (document.querySelector(".situations") && listKeys(BEGUN).length)
  import(new URL("begun-guides.mjs", import.meta.url).href);
