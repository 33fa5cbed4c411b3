/**
 * Types of the page's data block, of certcheck's reports and of the messages between page and worker. This module holds no
 * code, and no browser loads it.
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
 * @typedef {"renewal" | "email" | "user-id" | "backup" | "imported" | "chain" | "which-to-delete" | "issued"} Check what a
 *   step asks of a certificate's file
 *
 * @typedef {{title: string, url: string}} StepLink
 *
 * @typedef {object} Question What the step asks from which the checker was opened.
 * @property {Check} check
 * @property {string | null} authority of its guide; null for a guide of no authority
 * @property {string} guide title
 * @property {StepLink} step
 * @property {StepLink | null} next step, where the guide goes on
 *
 * @typedef {[string, Record<string, string>, Shape[]]} Shape An element of certcheck's drawing.
 *
 * @typedef {object} Authority Wording in the page's language.
 * @property {string} name
 * @property {string} system
 * @property {string} how what renewing needs
 * @property {string} after what to do once it is too late
 * @property {boolean} after_issues whether a new certificate is issued then
 * @property {string} after_url where that is described
 * @property {{name: string, phone: string | null, hours: string | null} | null} after_contact whom to ask then
 * @property {string | null} between the same while one of window and validity is over and the other is not
 * @property {string | null} no_deleting why there is no advice on deleting
 * @property {boolean} closes_derived the manual prints no last day of the window
 * @property {string | null} user_id_label what the manual calls the user id
 * @property {"issuer" | "subject" | null} [named_by] whose name in the certificate tells the authority
 * @property {{about: string, name: string, phone: string, hours: string | null}[]} desks those with a number in the manual
 * @property {string} checked day the rule was last compared with its manual, YYYY-MM-DD
 * @property {string[]} deadlines what is to be done on the days of kind "deadline", in their order
 * @property {{name: string, note: string}[]} contact_notes what to know before contacting its desks
 * @property {string[]} anchors fingerprints of its trust anchors, as `formatFingerprint` writes them
 * @property {string} [page] address of the authority's own page
 * @property {Record<string, GuideLink>} guides by guide id
 *
 * @typedef {object} PfxProgram A program that refuses files, in the page's language.
 * @property {string} name
 * @property {string} says the sentence on a file that it refuses
 *
 * @typedef {object} Limits certcheck's own, `certcheck.limits`.
 * @property {number} files in one inspection
 * @property {number} file_bytes of a file that is read
 * @property {number} file_seconds for reading one
 *
 * @typedef {object} CheckData The page's data block, in its head (`script[data-check]`).
 * @property {Language} lang
 * @property {string} built day of the build in Japan, YYYY-MM-DD
 * @property {string} other address of the page in the other language
 * @property {string} verify address of the page on how to make sure that nothing is sent
 * @property {Record<string, string>} strings
 * @property {Limits} limits
 * @property {string[]} suffixes of names of files to read in folders, lower-case
 * @property {{worker: Asset, runtime: Asset[], certcheck: Asset}} assets
 * @property {Record<string, PfxProgram>} pfx_programs by id
 * @property {{module: Asset, style: Asset}} component what a guide's page loads to hold the checker
 * @property {Record<string, Authority>} authorities
 * @property {Record<string, Question>} questions by the fragment of the page's address
 *
 * @typedef {object} Renewal
 * @property {"too_early" | "open" | "too_late" | "expired" | "by_application" | "unknown"} status
 * @property {string | null} opens_on first day in Japan, YYYY-MM-DD
 * @property {string | null} closes_on last day in Japan, inclusive
 * @property {string} [closes_at] time of that day in Japan, HH:MM, where the rule names one
 *
 * @typedef {"not_yet" | "never_valid" | "no_dates" | "open" | "open_without_end" | "open_after_expiry" | "too_early" | "too_late"
 *   | "too_late_to_apply" | "expired" | "revoked" | "by_application" | "unknown" | "ca"} Headline the code of certcheck's verdict
 *
 * @typedef {object} MarkedDay
 * @property {"opens" | "reminder" | "deadline" | "last_day" | "expiry"} kind
 * @property {string} on YYYY-MM-DD, in Japan
 *
 * @typedef {object} Chain
 * @property {"trusted" | "consistent" | "incomplete" | "broken" | "not_examined"} status
 * @property {string[]} path SHA-256 fingerprints, leaf first
 * @property {{code: string, at: string}[]} problems
 *
 * @typedef {object} NameAttribute
 * @property {string} oid
 * @property {string} name
 * @property {string} value
 * @property {boolean} [undecodable] the value is the octets of what should be text
 * @property {"shift_jis" | "iso_2022_jp" | "latin_1"} [encoding] a guess, in which the text was read
 *
 * @typedef {object} FieldRemark
 * @property {string} field `certcheck.x509.remarks.Field`
 * @property {"unreadable" | "nonconforming" | "guessed"} code
 * @property {string | null} detail an extension's OID, an attribute's name, the guessed encoding
 *
 * @typedef {object} Certificate
 * @property {string} subject RFC 4514
 * @property {string} issuer RFC 4514
 * @property {NameAttribute[]} subject_attributes
 * @property {string | null} user_id
 * @property {{value: string, field: string}[]} emails
 * @property {string} serial lower-case hex
 * @property {string} sha256 lower-case hex
 * @property {string | null} not_before ISO 8601, UTC; null where it cannot be read
 * @property {string | null} not_after likewise; that second is still valid (RFC 5280, 4.1.2.5)
 * @property {"not_yet" | "valid" | "expired" | "never" | "unknown"} validity never: it ends before it begins; unknown: a date
 *   cannot be read
 * @property {number | null} days_left day of notAfter minus today, both in Japan; null where it can never be used, or its end
 *   cannot be read
 * @property {string | null} authority
 * @property {"name" | "signature" | "given" | null} recognised_by
 * @property {Renewal} renewal
 * @property {Headline} headline
 * @property {MarkedDay[]} days
 * @property {Shape | null} picture null where a date cannot be read
 * @property {FieldRemark[]} [remarks] what could not be read, or not as RFC 5280 has it
 * @property {boolean} has_private_key
 * @property {boolean} is_ca
 * @property {Chain} chain
 * @property {Revocation} [revocation] where a list of its issuer's name was chosen
 *
 * @typedef {object} Revocation What revocation lists say of a certificate.
 * @property {"revoked" | "not_listed" | "unknown"} status
 * @property {string | null} this_update of the list that says so, ISO 8601
 * @property {string | null} next_update
 * @property {string | null} revoked_on ISO 8601
 * @property {string | null} reason
 * @property {{code: string, at: string}[]} problems of other lists, by their SHA-256
 *
 * @typedef {object} RevocationList
 * @property {string} issuer RFC 4514
 * @property {string} sha256 lower-case hex
 * @property {string} this_update ISO 8601
 * @property {string | null} next_update
 * @property {number} entries
 * @property {boolean} used an issuer of the chosen certificates signed it, and it may be used
 *
 * @typedef {{code: string, detail: Record<string, unknown>}} Failure certcheck's codes, its command line's among them
 *
 * @typedef {object} KeyEntry
 * @property {string | null} certificate SHA-256 of the one whose public key it matches; of an encrypted key, of the one that the file's localKeyId names
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
 * @typedef {object} FileReport certcheck's report on one file: certificates, or an error.
 * @property {string} name
 * @property {string} [format]
 * @property {string | null} [password_form] null where nothing was opened
 * @property {Certificate[]} [certificates]
 * @property {Failure[]} [failures] parts that cannot be read, if any
 * @property {Pkcs12} [pkcs12]
 * @property {RevocationList[]} [revocation_lists] if any
 * @property {{fits: string[]}} [private_key] of a file that holds nothing else: SHA-256 of the certificates that it fits
 * @property {string[]} [refused_by] ids of programs that cannot open the file
 * @property {Failure} [error]
 *
 * @typedef {object} Holder Several certificates of one holder.
 * @property {string} authority
 * @property {string} current SHA-256
 * @property {boolean} proven a trust anchor has verified the current one
 * @property {{sha256: string, advice: string, reason: string, outlasted: boolean, outlasted_unproven: boolean}[]} others
 *
 * @typedef {object} Report
 * @property {number} schema
 * @property {string} at
 * @property {FileReport[]} files
 * @property {Holder[]} holders
 *
 * @typedef {object} UnreadFile A chosen file; only the worker, which cannot connect, reads it.
 * @property {number} number its identifier, unique in the page
 * @property {File} file
 * @property {string | undefined} password undefined as long as none was typed
 * @property {string | undefined} macPassword of the integrity check, where that has one of its own
 * @property {boolean} isPatient whether the person waits for it however long it takes
 *
 * @typedef {object} InspectRequest
 * @property {UnreadFile[]} unread files to read; of each, the worker remembers the certificates
 * @property {number[]} numbers all chosen files: they may hold each other's issuers
 * @property {string} at ISO 8601 with offset
 * @property {Record<number, string>} authorities the person's own choice for a file, by its number
 *
 * @typedef {object} WriteRequest A file for certcheck to write.
 * @property {"calendar" | "csv"} format
 * @property {string} report JSON: `at`, `files` and `holders`, as certcheck reported them
 * @property {Record<string, string>} words names of columns, codes and events in the page's language
 * @property {string} [sha256] of the certificate, where it is about one
 *
 * @typedef {"cer" | "pem" | "p7b"} PublicFormat of a file without a private key
 *
 * @typedef {object} SaveRequest A certificate to write as a file of its own.
 * @property {PublicFormat} format
 * @property {string[]} path SHA-256 of the certificate, and of its issuers that were chosen with it
 *
 * @typedef {"blocked" | "open"} Connection Outcome of the worker's attempt to connect.
 *
 * @typedef {object} RememberedFile
 * @property {number} number of the file
 * @property {Uint8Array} outcome of reading it, certificates and no key; certcheck's own encoding
 *
 * @typedef {object} RuntimeFile
 * @property {string} name
 * @property {string} url absolute address
 * @property {string} sha256 lower-case hex, as the build's manifest lists it
 * @property {Blob} data as received
 *
 * @typedef {object} StartRequest The first message to a worker.
 * @property {RuntimeFile[]} files
 * @property {string} certcheck name of certcheck's wheel
 * @property {string} address that it tries to reach
 * @property {RememberedFile[]} remembered by the worker before it
 * @property {number} seconds for reading one file
 *
 * @typedef {{read: UnreadFile} | {judge: Omit<InspectRequest, "unread">} | {write: WriteRequest} | {save: SaveRequest}} WorkerRequest
 *
 * @typedef {{type: "answer", answer: unknown} | {type: "failed", message: string} | {type: "altered", name: string}}
 *   WorkerMessage answer to StartRequest: Connection; to `read`: Uint8Array, or null where the file is gone; to `judge`: a
 *   Report's JSON; to `write`: text; to `save`: Uint8Array. `altered` names a file whose bytes are not those that the build listed
 *
 * @typedef {(code: string, values?: Record<string, string | number>) => string} Translate
 */

export {};
