/**
 * The shapes of what the page is given and of what certcheck answers. Types only: this module runs nothing and nobody
 * fetches it.
 *
 * @typedef {"ja" | "en"} Language
 *
 * @typedef {object} Asset One file of the runtime, as the build's manifest lists it.
 * @property {string} name file name
 * @property {string} url address, relative to the page
 * @property {string} sha256 lower-case hex
 * @property {number} size bytes, uncompressed
 *
 * @typedef {object} GuideLink
 * @property {string} title
 * @property {string} url the guide
 * @property {string} first its first step
 *
 * @typedef {[string, Record<string, string>, Shape[]]} Shape An element of certcheck's drawing.
 *
 * @typedef {object} Authority Wording in the page's language.
 * @property {string} name
 * @property {string} system
 * @property {string} how what renewing needs
 * @property {string} after what to do once it is too late
 * @property {string | null} between the same while one of window and validity is over and the other is not
 * @property {string | null} no_deleting why there is no advice on deleting
 * @property {boolean} closes_derived the manual prints no last day of the window
 * @property {string | null} user_id_label what the manual calls the user id
 * @property {"issuer" | "subject" | null} [named_by] whose name in the certificate tells the authority
 * @property {string} checked day the rule was last compared with its manual, YYYY-MM-DD
 * @property {string[]} deadlines what is to be done on the days of kind "deadline", in their order
 * @property {{name: string, note: string}[]} asking what one should know before asking its desks
 * @property {string} [page] address of the authority's own page
 * @property {Record<string, GuideLink>} guides by guide id
 *
 * @typedef {object} Limits certcheck's own, `certcheck.limits`.
 * @property {number} files in one inspection
 * @property {number} file_bytes of a file that is read
 * @property {number} file_seconds for reading one
 *
 * @typedef {object} CheckData The page's data block (`#check-data`).
 * @property {Language} lang
 * @property {string} built day of the build, YYYY-MM-DD
 * @property {string} other address of the page in the other language
 * @property {string} verify address of the page on how to make sure that nothing is sent
 * @property {Record<string, string>} strings
 * @property {Limits} limits
 * @property {Record<string, Shape>} samples by kind of mark
 * @property {{worker: Asset, runtime: Asset[], certcheck: Asset}} assets
 * @property {Record<string, Authority>} authorities
 *
 * @typedef {object} Renewal
 * @property {"too_early" | "open" | "too_late" | "expired" | "by_application" | "unknown"} status
 * @property {string | null} opens_on first day in Japan, YYYY-MM-DD
 * @property {string | null} closes_on last day in Japan, inclusive
 * @property {string} [closes_at] time of that day in Japan, HH:MM, where the rule names one
 *
 * @typedef {"not_yet" | "open" | "open_without_end" | "open_after_expiry" | "too_early" | "too_late" | "expired"
 *   | "by_application" | "unknown" | "ca"} Headline certcheck's one thing to say first
 *
 * @typedef {object} Day
 * @property {"opens" | "reminder" | "deadline" | "last_day" | "expiry"} kind
 * @property {string} on YYYY-MM-DD, in Japan
 *
 * @typedef {object} Chain
 * @property {"trusted" | "consistent" | "incomplete" | "broken"} status
 * @property {string[]} path SHA-256 fingerprints, leaf first
 * @property {{code: string, at: string}[]} problems
 *
 * @typedef {object} Certificate
 * @property {string} subject RFC 4514
 * @property {string} issuer RFC 4514
 * @property {{oid: string, name: string, value: string}[]} subject_attributes
 * @property {string | null} user_id
 * @property {{value: string, field: string}[]} emails
 * @property {string} serial lower-case hex
 * @property {string} sha256 lower-case hex
 * @property {string} not_before ISO 8601, UTC
 * @property {string} not_after ISO 8601, UTC; that second is still valid (RFC 5280, 4.1.2.5)
 * @property {"not_yet" | "valid" | "expired"} validity
 * @property {number} days_left day of notAfter minus today, both in Japan
 * @property {string | null} authority
 * @property {"name" | "signature" | "given" | null} recognised_by
 * @property {Renewal} renewal
 * @property {Headline} headline
 * @property {Day[]} days
 * @property {Shape} picture
 * @property {boolean} has_private_key
 * @property {boolean} is_ca
 * @property {Chain} chain
 *
 * @typedef {{code: string, detail: Record<string, unknown>}} Failure certcheck's codes, its command line's among them
 *
 * @typedef {object} KeyEntry
 * @property {string | null} certificate SHA-256 of the one that it fits; of a key that is not opened, by the file's word
 * @property {boolean} opened
 * @property {string | null} friendly_name
 *
 * @typedef {object} Pkcs12 How a PKCS #12 is protected, and what is in it.
 * @property {string} mac "none" without
 * @property {string[]} encryption
 * @property {KeyEntry[]} keys
 * @property {{certificate: string, friendly_name: string | null}[]} certificates
 * @property {boolean} may_hold_more
 *
 * @typedef {object} FileReport What certcheck says of one file: certificates, or an error.
 * @property {string} name
 * @property {string} [format]
 * @property {string | null} [password_form] null where nothing was opened
 * @property {Certificate[]} [certificates]
 * @property {Failure[]} [failures] parts that cannot be read, if any
 * @property {Pkcs12} [pkcs12]
 * @property {Failure} [error]
 *
 * @typedef {object} Holder Several certificates of one holder.
 * @property {string} authority
 * @property {string} current SHA-256
 * @property {{sha256: string, advice: string, reason: string, outlasted: boolean}[]} others
 *
 * @typedef {object} Report
 * @property {number} schema
 * @property {string} at
 * @property {FileReport[]} files
 * @property {Holder[]} holders
 *
 * @typedef {object} Unread A file that the person chose: only the worker, which cannot connect, reads it.
 * @property {number} number what it goes by
 * @property {File} file
 * @property {string | undefined} password undefined as long as none was typed
 *
 * @typedef {object} InspectRequest What the page asks of the worker.
 * @property {Unread[]} unread files to read; of each, the certificates are remembered
 * @property {number[]} numbers all files that were chosen: they may hold each other's issuers
 * @property {string} at ISO 8601 with offset
 * @property {Record<number, string>} authorities the person's own choice for a file, by its number
 *
 * @typedef {object} Write What certcheck writes for a person to take along.
 * @property {"calendar" | "csv"} what
 * @property {string} report JSON: `at`, `files` and `holders`, as certcheck reported them
 * @property {Record<string, string>} words what to call things
 * @property {string} [sha256] of the only certificate that it is about
 *
 * @typedef {"blocked" | "open" | "unclear"} Connection What the worker's attempt to connect showed.
 *
 * @typedef {object} Remembered
 * @property {number} number of the file
 * @property {Uint8Array} outcome what reading it came to, certificates and no key; certcheck's own form
 *
 * @typedef {object} RuntimeFile
 * @property {string} name
 * @property {string} url absolute address
 * @property {string} sha256 lower-case hex, as the build's manifest lists it
 * @property {Blob} data as it came
 *
 * @typedef {object} Start All that a worker needs, as its first message.
 * @property {RuntimeFile[]} files
 * @property {string} certcheck name of certcheck's wheel
 * @property {string} address which it tries to reach
 * @property {Remembered[]} remembered of a worker before it
 *
 * @typedef {{read: Unread} | {judge: Omit<InspectRequest, "unread">} | {write: Write}} WorkerRequest
 *
 * @typedef {{type: "answer", answer: unknown} | {type: "failed", message: string} | {type: "altered", name: string}}
 *   WorkerMessage to a start: Connection, or the name of a file that is not the one listed; to read: Uint8Array, null where the
 *   file has gone; to judge: a Report's JSON; to write: text
 *
 * @typedef {(code: string, values?: Record<string, string | number>) => string} Translate
 */

export {};
