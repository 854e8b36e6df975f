// audit …: is the record whole and unchanged, and how does one show it to somebody else?
#include "gateway/audit/audit.h"

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gateway/access/jose/jwk.h"
#include "gateway/checkpoint/checkpoint.h"
#include "gateway/checkpoint/proof.h"
#include "gateway/checkpoint/trail.h"
#include "gateway/fetch/fetch.h"
#include "gateway/postgres/postgres.h"
#include "gateway/sqlite/sqlite.h"
#include "tools/purser/commands.h"
#include "tools/purser/files.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using gateway::AuditVerdict;
using gateway::CryptoKey;

gateway::TrailWalk walk_of(const gateway::JournalPlace& place) {
  return gateway::walk_trail(place.folder, place.postgres);
}

std::expected<std::vector<gateway::ChainEntry>, Status> entries_at(const gateway::JournalPlace& place,
                                                                   gateway::MessageId message) {
  try {
    if (!place.postgres.empty()) {
      gateway::PostgresDatabase database(place.postgres, "purser/audit");
      return gateway::entries_of(database, message);
    }
    gateway::SqliteDatabase database(place.folder + "/journal.db", true, false, std::chrono::seconds(5));
    return gateway::entries_of(database, message);
  } catch (const gateway::SqlError& error) {
    return std::unexpected(error.status());
  }
}

/// The Ed25519 keys of a PEM file or JWK Set; what is wrong with it has been said.
std::expected<std::vector<CryptoKey>, int> keys_in(const std::string& path, const char* option) {
  if (path.empty())
    return std::unexpected(fail(exit_usage, fmt::format("by which key? Give {} FILE", option)));
  const auto text = content_of(path);
  if (!text) return std::unexpected(fail(exit_environment, path + " cannot be read"));
  const auto set = gateway::parse_keys(*text);
  if (!set) return std::unexpected(fail(exit_environment, path + ": " + set.error()));
  std::vector<CryptoKey> keys;
  for (const auto& one : set->keys) keys.push_back(one.key);
  return keys;
}

/// One checkpoint by its file, with the hashes that lie beside it.
class CheckpointFile final : public gateway::CheckpointPlace {
 public:
  CheckpointFile(const std::string& path, std::string note, gateway::FileSystem& files)
      : note_(std::move(note)),
        beside_(gateway::folder_place(
            path.find('/') == std::string::npos ? "." : path.substr(0, path.rfind('/')), files)) {
    const std::string origin = note_.substr(0, note_.find('\n'));
    chain_ = origin.substr(origin.rfind('/') + 1) + "/";
  }
  std::expected<std::optional<std::string>, std::string> read(const std::string& name) override {
    if (!name.starts_with(chain_)) return std::nullopt;
    if (name.substr(chain_.size()) == "checkpoint") return note_;
    return beside_->read(name.substr(chain_.size()));
  }
  std::expected<void, std::string> write(const std::string&, const std::string&) override {
    return std::unexpected("a single checkpoint is not written to");
  }

 private:
  std::string note_, chain_;
  std::unique_ptr<gateway::CheckpointPlace> beside_;
};

/// A folder, a URL or a checkpoint's own file.
std::expected<std::unique_ptr<gateway::CheckpointPlace>, int> place_of(const Arguments& arguments,
                                                                       const char* option) {
  static gateway::SystemFiles files;  // outlives the places
  const std::string where = arguments.get(option);
  if (where.empty())
    return std::unexpected(fail(exit_usage, fmt::format("where do checkpoints lie? Give {} PLACE", option)));
  if (gateway::is_url(where)) {
    std::string bearer;
    if (arguments.has("--token")) {
      const auto text = content_of(arguments.get("--token"));
      if (!text) return std::unexpected(fail(exit_environment, arguments.get("--token") + " cannot be read"));
      bearer = text->substr(0, text->find_first_of("\r\n"));
    }
    return gateway::http_place(where, bearer, arguments.has("--private-addresses"));
  }
  if (std::filesystem::is_directory(where) || std::string_view(option) == "--to")
    return gateway::folder_place(where, files);
  auto note = content_of(where);
  if (!note) return std::unexpected(fail(exit_environment, where + " cannot be read"));
  return std::make_unique<CheckpointFile>(where, std::move(*note), files);
}

std::expected<gateway::JournalPlace, int> journal_of(const Arguments& arguments) {
  gateway::JournalPlace place = journal_place(arguments);
  if (place.folder.empty())
    return std::unexpected(fail(exit_usage, "which data folder? Give --data DIR or --config DIR"));
  return place;
}

int said(const Status& status) {
  return fail(status.code == "AUDIT-0003" ? exit_findings : exit_environment,
              fmt::format("{} ({})", status.message, status.code));
}

int tell(const Arguments& arguments, const AuditVerdict& verdict) {
  const bool whole = verdict.first_wrong == 0 && verdict.what.empty();
  if (arguments.json()) {
    print_json({{"whole", whole},
                {"entries", verdict.entries},
                {"chain", verdict.chain},
                {"first_wrong", verdict.first_wrong},
                {"what", verdict.what},
                {"head", gateway::hex(verdict.head)}});
  } else if (whole) {
    print_line(fmt::format("{} entries, all in place\nhead {}", verdict.entries, gateway::hex(verdict.head)));
  } else if (verdict.first_wrong == 0) {
    print_line(verdict.what);
  } else {
    print_line(fmt::format("entry {}: {}\n{} entries before it hold", verdict.first_wrong, verdict.what,
                           verdict.entries));
  }
  return whole ? exit_ok : exit_findings;
}

}  // namespace

int audit_verify_command(const Arguments& arguments) {
  const auto journal = journal_of(arguments);
  if (!journal) return journal.error();
  const auto walk = walk_of(*journal);
  std::expected<AuditVerdict, Status> verdict;
  if (arguments.has("--against")) {
    auto keys = keys_in(arguments.get("--key"), "--key");
    if (!keys) return keys.error();
    if (arguments.has("--previous-key")) {
      const auto previous = keys_in(arguments.get("--previous-key"), "--previous-key");
      if (!previous) return previous.error();
      keys->insert(keys->end(), previous->begin(), previous->end());
    }
    const auto place = place_of(arguments, "--against");
    if (!place) return place.error();
    verdict = gateway::verify_against(walk, **place, *keys);
  } else {
    verdict = walk({});
  }
  if (!verdict)
    return fail(exit_environment,
                fmt::format("{}: {} ({})", journal->folder, verdict.error().message, verdict.error().code));
  return tell(arguments, *verdict);
}

int audit_checkpoint_command(const Arguments& arguments) {
  const auto journal = journal_of(arguments);
  if (!journal) return journal.error();
  const auto keys = keys_in(arguments.get("--key"), "--key");
  if (!keys) return keys.error();
  gateway::CheckpointSigner signer{arguments.get("--origin", "purser"), keys->front(), {}};
  if (!gateway::is_origin(signer.origin))
    return fail(exit_usage, "--origin has letters, digits, dots and hyphens");
  if (!signer.key.is_private() || signer.key.kind() != gateway::KeyKind::ed25519)
    return fail(exit_usage,
                "--key is the PEM file of a private Ed25519 key: openssl genpkey -algorithm ed25519");
  if (arguments.has("--previous-key")) {
    auto previous = keys_in(arguments.get("--previous-key"), "--previous-key");
    if (!previous) return previous.error();
    signer.previous = std::move(*previous);
  }
  const auto place = place_of(arguments, "--to");
  if (!place) return place.error();
  const auto taken = gateway::take_checkpoints(walk_of(*journal), **place, signer);
  if (!taken) return said(taken.error());
  auto json = nlohmann::ordered_json::array();
  for (const auto& one : *taken) {
    json.push_back({{"chain", one.chain},
                    {"entries", one.checkpoint.size},
                    {"root", gateway::hex(one.checkpoint.root)}});
    if (!arguments.json())
      print_line(fmt::format("{} entries of chain {} signed, root {}", one.checkpoint.size, one.chain,
                             gateway::hex(one.checkpoint.root)));
  }
  if (arguments.json()) print_json({{"taken", json}});
  if (!arguments.json() && taken->empty()) print_line("nothing new since the last checkpoint");
  return exit_ok;
}

int audit_prove_command(const Arguments& arguments) {
  const auto message = message_operand(arguments.operands().front());
  if (!message) return fail(exit_usage, message.error());
  const auto journal = journal_of(arguments);
  if (!journal) return journal.error();
  const auto keys = keys_in(arguments.get("--key"), "--key");
  if (!keys) return keys.error();
  const auto place = place_of(arguments, "--against");
  if (!place) return place.error();
  const auto entries = entries_at(*journal, *message);
  if (!entries) return said(entries.error());
  if (entries->empty())
    return fail(exit_findings, fmt::format("the trail has no entry of {}", arguments.operands().front()));
  const auto proof = gateway::prove_history(*entries, **place, *keys);
  if (!proof) return said(proof.error());
  print(*proof);
  return exit_ok;
}

int verify_history_command(const Arguments& arguments) {
  const auto proof = content_of(arguments.operands().front());
  if (!proof) return fail(exit_environment, arguments.operands().front() + " cannot be read");
  const auto keys = keys_in(arguments.get("--keys"), "--keys");
  if (!keys) return keys.error();
  std::string checkpoint;
  if (arguments.has("--checkpoint")) {
    auto note = content_of(arguments.get("--checkpoint"));
    if (!note) return fail(exit_environment, arguments.get("--checkpoint") + " cannot be read");
    checkpoint = std::move(*note);
  }
  const auto history = gateway::check_history(*proof, *keys, checkpoint);
  if (arguments.json()) {
    nlohmann::ordered_json json{{"valid", history.has_value()}};
    if (!history) json["reason"] = history.error();
    if (history) json["entries"] = nlohmann::ordered_json::array();
    for (const auto& one : history ? history->entries : std::vector<gateway::ChainEntry>())
      json["entries"].push_back({{"chain", one.chain},
                                 {"sequence", one.entry.sequence},
                                 {"at", short_time(one.entry.at)},
                                 {"who", one.entry.who},
                                 {"what", one.entry.what},
                                 {"why", one.entry.why}});
    print_json(json);
  } else if (!history) {
    print_line("does not hold: " + history.error());
  } else {
    print_line(fmt::format("holds: {} of message {}", history->entries.size(),
                           gateway::text(history->entries.front().entry.message)));
    for (const auto& one : history->entries)
      print_line(fmt::format("  {}  {}  {}  {}  {}", one.entry.sequence, short_time(one.entry.at),
                             one.entry.who, one.entry.what, one.entry.why));
    if (history->later != 0)
      print_line(fmt::format("  {} more are younger than the checkpoint", history->later));
  }
  return history ? exit_ok : exit_findings;
}

}  // namespace purser::cli
