// All that every guide page runs. The build makes one file of it and of what it imports (scripts/site/shipped_files.py): a request a
// module would hold up the style sheet, and with it the first paint.
import "../assets/addresses.mjs";
import "./guide.mjs";
import "./offline.mjs";
import "./search.mjs";
import "./start.mjs";
