/**
 * All chosen files: they are judged together, since one may hold another's issuer or its holder's newer certificate.
 * @import {Certificate, Holder, Report, Write} from "./contract.mjs"
 * @import {Page} from "./card.mjs"
 * @import {Runtime} from "./runtime.mjs"
 *
 * @typedef {Map<string, {certificate: Certificate, files: string[]}>} Known all certificates by SHA-256, and their files
 * @typedef {Map<string, Certificate>} Newer by SHA-256 of a certificate, the one of the same holder that outlasts it
 */
import { noonInJapan } from "./dates.mjs";
import { el } from "./dom.mjs";
import { holderPart } from "./holders.mjs";
import { Panel } from "./panel.mjs";
import { brokenBy } from "./runtime.mjs";
import { tablePart } from "./table.mjs";

export class Pool {
  /** @type {Page} */ #page;
  /** @type {() => Promise<Runtime>} */ #runtime;
  /** @type {(text: string) => void} */ #announce;
  /** @type {Panel[]} */ #panels = [];
  #numbers = 0;
  /** @type {string | null} a day that the person chose */ #day = null;
  /** @type {Holder[]} */ #holders = [];
  #together = el("div", {});
  #each = el("div", {});
  element = el("div", { class: "results" }, this.#together, this.#each);

  /**
   * @param {Page} page
   * @param {() => Promise<Runtime>} runtime resolves once the last response is in, and not at all where that fails
   * @param {(text: string) => void} announce
   */
  constructor(page, runtime, announce) {
    this.#page = page;
    this.#runtime = runtime;
    this.#announce = announce;
  }

  /** Takes files in place of the ones before. @param {File[]} files */
  take(files) {
    this.drop();
    const { files: allowed } = this.#page.data.limits;
    this.#panels = files.map((file, i) => {
      /** @type {Panel} */
      const panel = new Panel(file, this.#page, {
        number: ++this.#numbers,
        judge: (asking) => this.#judge(asking, [asking]),
        judgeOn: (day, asking) => {
          this.#day = day;
          this.#judge(asking, [asking]);
        },
        judgeAs: (authority, issuer, asking) => {
          const same = this.#panels.filter((each) => each.isUnknown(issuer));
          for (const each of same) each.authority = authority;
          this.#judge(asking, same);
        },
        write: (request) => this.#write(request, [panel]),
      });
      if (i >= allowed) panel.refuse("over_limit", { what: "files", found: files.length, allowed });
      return panel;
    });
    this.#each.replaceChildren(...this.#panels.map((panel) => panel.element));
    this.#judge(null, this.#panels);
  }

  /** Forgets all of them. */
  drop() {
    for (const panel of this.#panels) panel.drop();
    this.#panels = [];
    this.#day = null;
    this.#holders = [];
    this.#together.replaceChildren();
  }

  /**
   * Judges all files, and shows what has changed.
   * @param {Panel | null} asking the file that a person is busy with
   * @param {Panel[]} concerned files whose outcome is being waited for
   */
  async #judge(asking, concerned) {
    const panels = this.#panels;
    const waiting = concerned.filter((panel) => !panel.refused);
    this.#wait(waiting, "file.waiting");
    const runtime = await this.#runtime();
    if (panels !== this.#panels) return;
    this.#wait(waiting, "file.reading");
    const at = this.#day ? noonInJapan(this.#day) : new Date().toISOString();
    const judged = panels.filter((panel) => !panel.refused);
    try {
      const report = await runtime.inspect(() => {
        if (panels !== this.#panels) throw new Error("nobody waits for it");
        const numbers = judged.map((panel) => panel.number);
        const chosen = judged.flatMap(({ number, authority }) => (authority ? [[number, authority]] : []));
        const authorities = Object.fromEntries(chosen);
        return { unread: judged.flatMap((panel) => panel.handOver()), numbers, at, authorities };
      });
      if (panels === this.#panels) this.#show(judged, report, new Date(at), asking);
    } catch (error) {
      const code = brokenBy(error) ?? "crashed";
      if (panels === this.#panels) for (const panel of waiting) panel.leave(code);
    }
  }

  /** @param {Panel[]} panels @param {string} code */
  #wait(panels, code) {
    for (const panel of panels) panel.wait(this.#page.t(code));
    if (panels.length > 0) this.#announce(this.#page.t(code));
  }

  /**
   * @param {Panel[]} judged
   * @param {Report} report
   * @param {Date} at
   * @param {Panel | null} asking
   */
  #show(judged, report, at, asking) {
    for (const [i, panel] of judged.entries()) panel.report = report.files[i];
    this.#holders = report.holders;
    const known = this.#known();
    const newer = this.#newer(known);
    for (const panel of judged) panel.show({ at, chosen: this.#day !== null, known, newer });
    const several = this.#panels.length > 1;
    const title = el("h2", { tabindex: -1 }, this.#page.t("files.title", { n: this.#panels.length }));
    const entries = this.#panels.flatMap(({ number, report }) => (report ? [{ number, report }] : []));
    this.#together.replaceChildren(
      ...(several ? [title] : []),
      ...report.holders.map((holder) => holderPart(this.#page, holder, known)),
      ...(several
        ? [tablePart(this.#page, entries, newer, (request) => this.#write(request, this.#panels))]
        : []),
    );
    this.#announce("");
    if (several && !asking) title.focus();
    else (asking ?? this.#panels[0])?.focus(this.#announce);
  }

  /** @returns {Known} */
  #known() {
    /** @type {Known} */
    const known = new Map();
    for (const { report } of this.#panels) {
      for (const certificate of report?.certificates ?? []) {
        const files = known.get(certificate.sha256)?.files ?? [];
        known.set(certificate.sha256, { certificate, files: [...files, report?.name ?? ""] });
      }
    }
    return known;
  }

  /** @param {Known} known @returns {Newer} */
  #newer(known) {
    return new Map(
      this.#holders.flatMap(({ current, others }) => {
        const newest = known.get(current)?.certificate;
        const outlasted = others.filter((other) => other.outlasted);
        return newest ? outlasted.map(({ sha256 }) => [sha256, newest]) : [];
      }),
    );
  }

  /**
   * Lets certcheck write what a person takes along.
   * @param {Omit<Write, "report">} request
   * @param {Panel[]} panels whose files it is about
   * @returns {Promise<string>}
   */
  async #write(request, panels) {
    const files = panels.flatMap((panel) => (panel.report ? [panel.asked()] : []));
    const runtime = await this.#runtime();
    const report = { at: new Date().toISOString(), files, holders: this.#holders };
    return runtime.write({ ...request, report: JSON.stringify(report) });
  }
}
