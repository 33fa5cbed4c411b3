// All that every guide page runs, in one file: a request a module would hold up the style sheet, and with it the first paint.
import "./freshness-notices.mjs";
import "./step-addresses.mjs";
import "../scripts/begun-offer.mjs";
import "../scripts/checker-intent.mjs";
import "../scripts/guide-page.mjs";
import "../scripts/offline-update.mjs";
import "../scripts/search-box.mjs";
import "../scripts/situation-questions.mjs";
import "../scripts/step-check.mjs";
import "../scripts/withdrawal-notices.mjs";
