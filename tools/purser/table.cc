// All commands of `purser`, in the order of the help text.
#include <vector>

#include "tools/purser/commands.h"

namespace purser::cli {
namespace {

const Option json{"--json", "", "print JSON"};
const Option config{"--config", "DIR", "configuration folder", "PURSER_CONFIG"};
const Option data{"--data", "DIR", "data folder, where the journal lives", "PURSER_DATA"};
const Option tenant{"--tenant", "NAME", "whose (default: the operator's own)"};
const Option one_tenant{"--tenant", "NAME", "only this tenant's (default: all)"};
const Option overlap{"--overlap", "TIME", "how long both are good (default 24 h)"};
const Option in_process{"--in-process", "", "run connectors in this process instead of a worker"};
const Option tables{"--tables", "DIR", "folder of mapping tables, layouts and overlays for the connector"};
const Option as{"--as", "FORMAT", "format, with message and version if need be: edifact:INVOIC:D96A"};
const Option partner{"--partner", "NAME", "the other side; chooses overlays"};
const Option settings{"--settings", "JSON", "settings for the connector"};
const Option pack{"--pack", "LIST", "judge by these packs of rules, too: en16931,peppol,xrechnung"};
const Option strict{"--strict", "", "warnings count as errors"};
const Option why{"--why", "TEXT", "reason, kept in the audit trail"};
const Option dry_run{"--dry-run", "", "say what would be done, change nothing"};
// What parked work has in common.
const std::vector<Option> in_common = {
    {"--code", "CODE", "parked with this cause, a finding's code"},
    {"--target", "NAME", "parked on its way to this target"},
    {"--partner", "NAME", "from this partner"},
    {"--source", "NAME", "from this source"},
    {"--tenant", "NAME", "of this tenant"},
    {"--key", "NUMBER", "whose document carries this business key"},
    {"--kind", "KIND", "kind of --key: order, invoice, supplier ... (default any)"},
    {"--since", "TIME", "parked from then on: 2026-09-30T22:00Z, 2026-09-30, 22:00 (today, UTC), 3h (ago)"},
    {"--until", "TIME", "parked before then"}};
const Option all{"--all", "", "all parked work"};

std::vector<Option> with(std::vector<Option> first, std::initializer_list<Option> more) {
  first.insert(first.end(), more);
  return first;
}
const Option connectors{"--connectors", "DIR", "folder of connector libraries", "PURSER_CONNECTORS"};


// Documents as files: what they say, how they are written.
std::vector<Command> file_commands() {
  return {
      {"serve", "", 0, 0, "Run the gateway until SIGTERM; SIGHUP reloads the configuration",
       "What was accepted is on disk before it is answered: stopping, or being killed, loses nothing.",
       {config, data, connectors, {"--port", "PORT", "listen here instead; 0 lets the system choose"},
        {"--quiet", "", "no start-up lines"}},
       serve_command},
      {"read", "FILE...", 1, -1, "Print a file's documents as canonical JSON, one a line",
       "The format is found by the content unless --as names it; - is standard input. Findings go to standard error.\n"
       "Exit code 1 if a finding is an error.",
       {as, {"--explain", "", "each value with its place in the file and the table row that read it"},
        {"--loss", "", "only what no row reads; exit code 1 if there is anything"},
        {"--indent", "", "JSON for people"}, json, strict, partner, settings, tables, connectors, in_process},
       read_command},
      {"write", "FILE", 1, 1, "Write canonical JSON in a format; - is standard input",
       "From one format to another: purser read order.edi | purser write - --as ubl --out order.xml\n"
       "--out replaces a file that is there.",
       {as, {"--out", "FILE", "write here instead of to standard output; appears only when whole"},
        {"--into", "FILE", "a PDF that the invoice is put into, with --as factur-x"},
        {"--loss", "", "name the values that the format cannot carry; exit code 1 if there is any"}, partner,
        settings, tables, connectors, in_process},
       write_command},
      {"check", "FILE...", 1, -1, "Print what is wrong with a file", "Exit code 1 if a finding is an error. With --pack, a finding's code is the rule's id.",
       {as, pack, json, strict, partner, settings, tables, connectors, in_process}, check_command},
      {"complete", "FILE", 1, 1, "Fill in what follows from an invoice's lines; print it as canonical JSON",
       "Net amounts, totals, the tax breakdown and what is to be paid. What is stated and does not follow is a finding.\n"
       "Canonical JSON is read with --as canonical. Exit code 1 if something contradicts or cannot be derived.",
       {as, {"--by-line", "", "round the tax of each line, not of each rate's sum"}, {"--indent", "", "JSON for people"},
        json, partner, settings, tables, connectors, in_process},
       complete_command},
  };
}

// What came in, and moving what stands still.
std::vector<Command> journal_commands() {
  return {
      {"documents", "", 0, 0, "List what came in, newest first", "",
       {{"--state", "STATE", "admitted, delivering, delivered, parked, rejected or cancelled"},
        {"--type", "TYPE", "canonical document: invoice, purchase_order ..."},
        {"--source", "NAME", "only from this source"}, {"--partner", "NAME", "only from this partner"}, one_tenant,
        {"--after", "ID", "continue after the last id of the page before"},
        {"--limit", "N", "lines a page, up to 1000 (default 50)"}, json, data, config},
       documents_command},
      {"show", "ID", 1, 1, "Show a message: documents, keys, findings, deliveries, timeline",
       "The id of a message (m...), or of a delivery (d...): then that one alone, with its document.",
       {{"--body", "", "print the file as it came; of a delivery, what was made of it"},
        {"--canonical", "", "print its documents as canonical JSON"},
        {"--document", "N", "one of an interchange's documents"},
        {"--after", "N", "documents behind the Nth"},
        {"--limit", "N", "so many documents at most (default 1000)"}, json, data, config},
       show_command},
      {"trace", "[KIND] NUMBER", 1, 2, "Show every document that names a number, with its timeline",
       "KIND is order, invoice, supplier ...; without it a number of any kind is looked for. The newest come on\n"
       "the first page; whether there are more stands in its last line, and as `cursor` in JSON.",
       {one_tenant, {"--after", "CURSOR", "continue with those older than the page before, which ends with it"},
        {"--limit", "N", "documents a page, up to 1000 (default 100)"}, json, data, config},
       trace_command},
      {"parked", "", 0, 0, "Show what stands still, by cause and target, and what to do about it",
       "A message that was stopped before anything of it was planned has no target; its time is that of its receipt.",
       with(in_common, {{"--list", "", "one by one instead of grouped"}, json, data, config}), parked_command},
      {"release", "[ID...]", 0, -1, "Let parked deliveries, or whole messages, go on",
       "Name messages (m...) or deliveries (d...), or what the parked work has in common: all of it that fits is "
       "released.\nA dry run says what would be sent where; with --config also for messages that have to be read again.",
       with(in_common, {all, why, dry_run, json, data, config, connectors}), release_command},
      {"resubmit", "ID [COPY]", 1, 2, "Hand in an edited copy in a parked message's place",
       "Both are kept and name each other. What the first one delivered is not delivered again, unless --everywhere.\n"
       "Get a copy with purser show ID --body, or edit it with --edit; - is standard input.",
       {{"--edit", "", "edit the copy with $VISUAL or $EDITOR"}, as,
        {"--everywhere", "", "also to targets where the first one arrived"}, why, dry_run, json, data, config, connectors},
       resubmit_command},
      {"expected", "", 0, 0, "Show acknowledgements that are awaited, overdue or refused",
       "A route's `expect` says what has to come by when. Exit code 1 if anything shown is overdue or refused.",
       {{"--state", "STATE", "open (default: waiting, overdue, refused), answered, waived, all, or one of them"},
        {"--target", "NAME", "only for deliveries to this target"},
        {"--waive", "ID", "nothing has to come for this delivery any more; ends the alarm"}, why, json, data, config},
       expected_command},
      {"replay", "[ID...]", 0, -1, "Read stored messages again and deliver them anew, with new delivery ids", "",
       with(in_common, {all, why, dry_run, json, data, config}), replay_command},
      {"park", "ID...", 1, -1, "Stop open deliveries", "", {why, dry_run, json, data, config}, park_command},
      {"cancel", "[ID...]", 0, -1, "End open and parked deliveries for good",
       "Name messages or deliveries, or what the parked work has in common.",
       with(in_common, {why, dry_run, json, data, config}), cancel_command},
  };
}

constexpr std::string_view by_table =
    "With a TABLE (NAME.map) the files are read by it: as csv, xml, edifact or x12, unless --as says otherwise, with the\n"
    "layouts, blocks and overlays of its folder, or of --tables.";

// Connectors, tables and configuration.
std::vector<Command> setup_commands() {
  return {
      {"connector list", "", 0, 0, "List connectors with their formats and messages", "",
       {json, connectors, tables, in_process}, connector_list_command},
      {"connector inspect", "NAME", 1, 1, "Show one connector: digest, formats, settings, secrets", "",
       {json, connectors, tables, in_process}, connector_inspect_command},
      {"connector check", "FILE", 1, 1, "Check that a connector keeps the contract of the plugin line", "",
       {json, connectors}, connector_check_command},
      {"connector new", "NAME", 1, 1, "Make the sources of a new connector from the template", "",
       {{"--into", "DIR", "where (default: here)"}}, connector_new_command},
      {"map check", "TABLE", 1, 1, "Load a mapping table and print everything that is wrong with it",
       "Layouts, blocks and overlays are taken from the table's folder, or from --tables.", {json, tables},
       map_check_command},
      {"map explain", "[TABLE] FILE...", 1, -1, "Show each value with its place and row (read --explain)", by_table,
       {as, partner, settings, tables, connectors, in_process}, map_explain_command},
      {"map loss", "[TABLE] FILE...", 1, -1, "Show what of a file no row reads (read --loss)", by_table,
       {json, as, partner, settings, tables, connectors, in_process}, map_loss_command},
      {"map doc", "TABLE", 1, 1, "Print a table as the partner's specification, in Markdown", "", {tables},
       map_doc_command},
      {"config check", "", 0, 0, "Check a configuration folder as a reload would",
       "With its connectors and their mapping tables. Exit code 1 if it would be refused; warnings do not refuse it.",
       {config, data, connectors, json},
       config_check_command},
      {"config show", "", 0, 0, "Show what the files of a configuration say together, as JSON without secrets",
       "References to secrets are shown; a secret that stands in a file, and any header of a target that does, is not.",
       {config, json}, config_show_command},
      {"key new", "NAME", 1, 1, "Make an API key; the configuration keeps only its hash", "",
       {{"--scopes", "LIST", "comma separated (default documents:write,documents:read)"},
        {"--expires", "DAY", "unknown from then on (UTC): 2027-01-31"},
        {"--partner", "NAME", "may see and send this partner's documents only"},
        {"--keep", "", "keep its entry in the journal, in force at once, instead of printing it for a file"},
        tenant, data, config, json},
       key_new_command},
      {"key ca", "DIR", 1, 1, "Make an authority of one's own, and certificates by it",
       "DIR/ca.pem and DIR/ca.key are made if they are not there; nothing that is there is overwritten. DIR/server.pem is the\n"
       "gateway's (server.tls), DIR/NAME.pem a caller's for mutual TLS, known as DNS:NAME under `certificates`.",
       {{"--host", "NAME", "also DIR/server.pem and .key for this host name or address"},
        {"--client", "NAME", "also DIR/NAME.pem and .key for a caller"},
        {"--name", "TEXT", "the authority's name (default Purser local authority)"},
        {"--days", "N", "how long certificates are good (default 365); an authority ten years"}},
       key_ca_command},
      {"key list", "", 0, 0, "List API keys, and when each was used last", "", {tenant, data, config, json},
       key_list_command},
      {"key rotate", "NAME", 1, 1, "Make a new key for an entry kept in the journal; the old one goes on for a while",
       "", {overlap, tenant, data, config, json}, key_rotate_command},
      {"key revoke", "NAME", 1, 1, "Take back a key kept in the journal", "", {tenant, data, config},
       key_revoke_command},
      {"tenant list", "", 0, 0, "List tenants and what they have", "", {data, config, json}, tenant_list_command},
      {"tenant set", "NAME", 1, 1, "Make a tenant, or change, close or open one kept in the journal",
       "Its entries lie in the folder tenants/NAME of the configuration; secrets in that folder's own store.",
       {{"--title", "TEXT", "for people"}, {"--name", "TEXT", "its callers are shown this name"},
        {"--support", "URL", "and are sent here when they do not get on"}, {"--logo", "URL", "an image for them"},
        {"--host", "NAME", "by which they ask for it"}, {"--close", "", "refuse its callers, rest its sources"},
        {"--open", "", "let them in again"}, data, config},
       tenant_set_command},
      {"tenant keys", "", 0, 0, "List the data keys that documents are sealed with",
       "Never the keys themselves: id, state, and which master key wraps each.", {tenant, data, config, json},
       tenant_keys_command},
      {"tenant rotate", "NAME", 1, 1, "Seal a tenant's new documents with a new data key",
       "Older documents stay sealed with the key before, which is kept for them.", {data, config, json},
       tenant_rotate_command},
      {"tenant shred", "NAME", 1, 1, "Destroy a tenant's data keys: its sealed documents are unreadable for ever",
       "Asks for the name again. The audit trail and what is listed of the documents stay; what is not delivered "
       "yet parks with SEAL-0002. Copies from before hold the wrapped keys: they are worth nothing once the master "
       "key is rotated (purser secret rotate-master) and the old one destroyed.",
       {{"--yes", "", "do not ask"}, {"--why", "TEXT", "for the audit trail"}, data, config, json},
       tenant_shred_command},
  };
}

// Subscriptions to what happens.
std::vector<Command> webhook_commands() {
  return {
      {"webhook list", "", 0, 0, "List who is told of what happens", "", {tenant, data, config, json},
       webhook_list_command},
      {"webhook new", "NAME URL", 2, 2, "Tell an address of what happens, signed by Standard Webhooks",
       "Events are CloudEvents 1.0: dev.purser.document.delivered, dev.purser.delivery.parked ...",
       {{"--events", "LIST", "types, comma separated, * stands for any text (default all)"}, tenant, data, config, json},
       webhook_new_command},
      {"webhook remove", "NAME", 1, 1, "Tell it no more", "", {tenant, data, config}, webhook_remove_command},
      {"webhook enable", "NAME", 1, 1, "Let a disabled one go on, where it stopped", "", {tenant, data, config},
       webhook_enable_command},
      {"webhook rotate", "NAME", 1, 1, "Give it a new signing secret; both sign for a while", "",
       {overlap, tenant, data, config, json}, webhook_rotate_command},
      {"webhook test", "NAME", 1, 1, "Send a test event now, and say what came of it", "",
       {tenant, data, config, json}, webhook_test_command},
      {"webhook recover", "NAME SINCE", 2, 2, "Tell it again of everything since a time", "", {tenant, data, config},
       webhook_recover_command},
      {"webhook history", "NAME", 1, 1, "Show its last attempts, newest first", "", {tenant, data, config, json},
       webhook_history_command},
  };
}

// The encrypted file store behind secret://store/NAME.
std::vector<Command> secret_commands() {
  return {
      {"secret key", "", 0, 0, "Make a key for the store of secrets",
       "Keep it outside the configuration folder and give it in PURSER_STORE_KEY, or its file in PURSER_STORE_KEY_FILE.",
       {}, secret_key_command},
      {"secret set", "NAME", 1, 1, "Put a secret from standard input into the store", "", {config}, secret_set_command},
      {"secret list", "", 0, 0, "List the names in the store", "", {config, json}, secret_list_command},
      {"secret remove", "NAME", 1, 1, "Take a secret out of the store", "", {config}, secret_remove_command},
      {"secret rekey", "", 0, 0, "Seal the store under a new key, read from standard input", "", {config},
       secret_rekey_command},
      {"secret rotate-master", "", 0, 0, "Wrap all tenants' data keys with the master key of the configuration",
       "Before: the new key in journal.seal.master, the old one in journal.seal.previous, and a reload. Documents "
       "are not touched. Interrupted, it goes on where it was; afterwards journal.seal.previous can go.",
       {data, config, json}, secret_rotate_master_command},
  };
}

// Would the gateway take it?
std::vector<Command> verify_commands() {
  const Option keys{"--keys", "FILE", "JWK Set, JWK, or PEM public key or certificate"};
  const Option secret{"--secret", "FILE", "shared secret for HMAC; its bytes, without a last line end"};
  const Option now{"--now", "SECONDS", "judge as if it were this time (since 1970)"};
  const Option skew{"--skew", "SECONDS", "how far clocks may differ (default 60)"};
  const Option max_age{"--max-age", "SECONDS", "refuse what was made longer ago"};
  const Option algorithms{"--algorithms", "LIST", "algorithms to take; HMAC only if it is named here"};
  return {
      {"verify jwt", "FILE", 1, 1, "Verify a JSON Web Token as the gateway would; - is standard input",
       "Exit code 1 if it is refused; the reason is one word.",
       {keys, secret, algorithms, {"--issuer", "LIST", "one of these must have issued it"},
        {"--audience", "LIST", "it must be for one of these"}, {"--type", "TYPE", "its typ must be this"},
        {"--require", "LIST", "claims that must be there (default exp; none for none)"}, skew, max_age, now, json},
       verify_jwt_command},
      {"verify jws", "FILE", 1, 1, "Verify a compact JWS whatever its payload is", "",
       {keys, secret, algorithms, json}, verify_jws_command},
      {"verify signature", "FILE", 1, 1, "Verify an HTTP message signature (RFC 9421)",
       "FILE is the message: start line, fields, a blank line, body. A covered Content-Digest is held against the body.",
       {keys, secret, algorithms, {"--cover", "LIST", "components that must be covered (default "
        "@method,@target-uri,content-digest; none for none)"},
        {"--label", "LABEL", "only this signature counts"}, {"--tag", "TAG", "its tag must be this"},
        {"--request", "FILE", "of a response: the request it answers"},
        {"--scheme", "SCHEME", "http or https (default)"}, {"--without-created", "", "it may have no time"},
        {"--without-keyid", "", "it may name no key"}, skew, max_age, now, json},
       verify_signature_command},
      {"verify history", "FILE", 1, 1, "Verify the proof of a document's history, offline",
       "FILE is what `purser audit prove` printed. Neither data folder nor gateway is asked.",
       {keys, {"--checkpoint", "FILE", "the checkpoint it must be proved against (default: the one it brings along)"}, json},
       verify_history_command},
      {"verify webhook", "FILE", 1, 1, "Verify a signed webhook",
       "FILE is the request: request line, fields, a blank line, body.",
       {{"--scheme", "NAME", "standard (default), svix, github, stripe, slack, shopify, hookdeck or discord"},
        {"--secret", "FILE", "live secrets, one a line"},
        {"--tolerance", "SECONDS", "greatest difference of its time from now (default 300)"}, now, json},
       verify_webhook_command},
  };
}

std::vector<Command> other_commands() {
  const Option checkpoint_key{"--key", "FILE", "public Ed25519 key of the checkpoints (PEM or JWK Set)"};
  const Option token{"--token", "FILE", "bearer token for a URL"};
  const Option own_network{"--private-addresses", "", "the URL may lie in the own network, and be http"};
  return {
      {"audit list", "", 0, 0, "List who did what, newest first; also who was refused at the door",
       "What was refused before anything was stored (a wrong key, secret or signature) is in no other list: --what denied.",
       {{"--what", "WORD", "only this: denied, admitted, parked, released, resubmitted, cancelled ..."},
        {"--who", "TEXT", "whose name has this in it: a key, a source, a person, an address"},
        {"--since", "TIME", "from then on: 2026-09-30T22:00Z, 2026-09-30, 22:00 (today, UTC), 3h (ago)"},
        {"--until", "TIME", "before then"}, {"--limit", "N", "at most so many (default 50)"}, one_tenant, json, data, config},
       audit_list_command},
      {"audit verify", "", 0, 0, "Verify the audit chain; name the first wrong entry",
       "Against a checkpoint it also shows an end cut off before it, and a trail written anew with all its hashes.",
       {{"--against", "PLACE", "checkpoints' folder or URL, or the file of one"}, checkpoint_key,
        {"--previous-key", "FILE", "after a change of keys: the public key before, which is taken as well"}, token, own_network,
        json, data, config},
       audit_verify_command},
      {"audit checkpoint", "", 0, 0, "Sign the state of the audit trail and lay it down elsewhere",
       "Each chain's size and Merkle root (RFC 6962) go to PLACE/CHAIN/checkpoint, signed with Ed25519, its hashes beside it; no\n"
       "entry's content leaves. Refuses to sign a trail that does not continue what was signed before. Keep PLACE where\n"
       "who administers the gateway changes nothing that is there.",
       {{"--to", "PLACE", "folder, or URL that takes PUT"}, {"--key", "FILE", "private Ed25519 key (PEM)"},
        {"--origin", "NAME", "the installation's name in checkpoints (default purser)"},
        {"--previous-key", "FILE", "after a change of keys: the public key before"}, token, own_network, json, data, config},
       audit_checkpoint_command},
      {"audit prove", "ID", 1, 1, "Prove a document's history to somebody else",
       "Prints the message's entries with their inclusion paths in what a checkpoint signed. `purser verify history` judges it\n"
       "with the public key alone.",
       {{"--against", "PLACE", "checkpoints' folder or URL"}, checkpoint_key, token, own_network, data, config},
       audit_prove_command},
      {"journal check", "", 0, 0, "Read every body and reference of the journal and check them", "",
       {json, data, config}, journal_check_command},
      {"journal compact", "", 0, 0, "Give the room of what was forgotten back to the disk, while no gateway runs",
       "A running gateway does it by itself, by and by; this is for at once, after a retention rule was made stricter. "
       "A journal in\nPostgreSQL is compacted by the database.",
       {json, data, config}, journal_compact_command},
      {"journal backup", "DIR", 1, 1, "Copy the data folder while the gateway runs, and read the copy back",
       "To restore, stop the gateway and put the copy in the data folder's place. A journal in PostgreSQL is backed up "
       "with the database.",
       {json, data, config}, journal_backup_command},
      {"journal export", "FILE", 1, 1, "Write the whole journal as lines of JSON, bodies included",
       "- writes to standard output. Works on SQLite and PostgreSQL, also while gateways run: one state of the journal.",
       {json, data, config}, journal_export_command},
      {"journal import", "FILE", 1, 1, "Read an export into an empty journal",
       "- reads standard input. Ids, claims, numbers and the audit trail stay as they were; this is how a journal goes "
       "from SQLite to PostgreSQL and back.",
       {json, data, config}, journal_import_command},
      {"journal migrate", "", 0, 0, "Take the journal's tables to another version, forward or back",
       "A gateway does it by itself when it starts. Older gateways that share a database go on where the steps only add.",
       {{"--to", "VERSION", "the newest this program knows, unless given"},
        {"--dry-run", "", "print the SQL, change nothing"}, json, data, config},
       journal_migrate_command},
      {"receive", "", 0, 0, "Be an HTTP receiver to try deliveries against",
       "Books each Purser-Delivery-Id once and prints a line for each call.",
       {{"--port", "PORT", "0 lets the system choose (default)"}, {"--into", "DIR", "keep what comes"},
        {"--answer", "STATUS", "HTTP status to answer with (default 200)"}, json},
       receive_command},
      {"rules", "[ID...]", 0, -1, "List the business rules, or show those named", "",
       {pack, {"--markdown", "", "as the page docs/reference/rules.md"}, json}, rules_command},
      {"explain", "CODE", 1, 1, "Say what a finding code or a rule means and what to do about it", "", {json},
       explain_command},
      {"openapi", "", 0, 0, "Print the description of the HTTP API (OpenAPI 3.1)",
       "A running gateway gives the same at /openapi.json.", {}, openapi_command},
      {"completion", "SHELL", 1, 1, "Print a completion script for bash, zsh or fish",
       "For bash: source <(purser completion bash)", {}, completion_command},
      {"manual", "", 0, 0, "Print the reference of all commands in Markdown", "", {}, manual_command},
  };
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> all = [] {
    std::vector<Command> rows;
    for (const auto& part : {file_commands(), journal_commands(), setup_commands(), webhook_commands(), secret_commands(), verify_commands(), other_commands()}) {
      rows.insert(rows.end(), part.begin(), part.end());
    }
    return rows;
  }();
  return all;
}

}  // namespace purser::cli
