// journal check, backup, export, import, migrate: the journal as a whole.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/journal/backup.h"
#include "gateway/journal/postgres/bodies.h"
#include "gateway/journal/postgres/schema.h"
#include "gateway/journal/schema.h"
#include "gateway/journal/sealed_bodies.h"
#include "gateway/journal/segment_store.h"
#include "gateway/journal/transfer.h"
#include "gateway/sqlite/sqlite.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::chrono::milliseconds busy{10'000};  // longer than a commit of a busy gateway takes

/// A connection and a body store of a journal, below the interface.
struct RawJournal {
  gateway::SystemFiles files;
  std::unique_ptr<gateway::Database> database;
  std::unique_ptr<gateway::BodyStore> bodies;
};

std::unique_ptr<RawJournal> open_raw(const gateway::JournalPlace& place, bool for_writing) {
  auto out = std::make_unique<RawJournal>();
  if (!place.postgres.empty()) {
    auto database = std::make_unique<gateway::PostgresDatabase>(place.postgres, "purser/journal");
    if (auto ready = gateway::prepare_postgres(*database, for_writing); !ready) {
      fail(exit_environment, ready.error().message);
      return nullptr;
    }
    out->database = std::move(database);
    out->bodies = std::make_unique<gateway::PostgresBodies>([conninfo = place.postgres] {
      return std::make_unique<gateway::PostgresDatabase>(conninfo, "purser/journal");
    });
    return out;
  }
  auto bodies = gateway::SegmentStore::open(place.folder + "/bodies", out->files, for_writing);
  if (!bodies) {
    fail(exit_environment, bodies.error().message);
    return nullptr;
  }
  out->bodies = std::move(*bodies);
  out->database = std::make_unique<gateway::SqliteDatabase>(place.folder + "/journal.db", !for_writing,
                                                            for_writing, busy);
  if (for_writing) out->database->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  if (auto ready = gateway::migrate_journal(*out->database, for_writing); !ready) {
    fail(exit_environment, ready.error().message);
    return nullptr;
  }
  return out;
}

bool find_place(const Arguments& arguments, gateway::JournalPlace& place) {
  place = journal_place(arguments);
  if (!place.folder.empty()) return true;
  fail(exit_usage, "which data folder? Give --data DIR or --config DIR (or PURSER_DATA, PURSER_CONFIG)");
  return false;
}

int said(const Status& status) {
  return fail(exit_environment, fmt::format("{} ({})", status.message, status.code));
}

int tell(const Arguments& arguments, const char* what, const gateway::TransferCount& count) {
  if (arguments.json()) {
    print_json({{"messages", count.messages}, {"rows", count.rows}, {"body_bytes", count.body_bytes}});
  } else {
    fmt::print(stderr, "{} {} messages: {} rows, {} bytes of bodies\n", what, count.messages, count.rows,
               count.body_bytes);
  }
  return exit_ok;
}

}  // namespace

int journal_check_command(const Arguments& arguments) {
  gateway::JournalPlace place;
  if (!find_place(arguments, place)) return exit_usage;
  gateway::SystemFiles files;
  auto faults = place.postgres.empty() ? gateway::check_journal(place.folder, files, place.seal)
                                       : std::expected<std::vector<gateway::JournalFault>, Status>();
  if (!place.postgres.empty()) {
    try {
      const auto raw = open_raw(place, false);
      if (!raw) return exit_environment;
      const gateway::SystemClock clock;
      gateway::Sealing sealing([&] { return std::make_unique<gateway::PostgresDatabase>(place.postgres, "purser/journal"); },
                               clock);
      static_cast<void>(sealing.use(place.seal));  // where a master key is missing, opening says so
      gateway::SealedBodies opened(*raw->bodies, sealing);
      faults = gateway::check_journal(*raw->database, opened, *raw->bodies);
    } catch (const gateway::SqlError& error) {
      return said(error.status());
    }
  }
  if (!faults) return said(faults.error());
  if (arguments.json()) {
    ordered_json out = ordered_json::array();
    for (const auto& fault : *faults) out.push_back({{"where", fault.where}, {"what", fault.what}});
    print_json(out);
  } else {
    for (const auto& fault : *faults) print_line(fault.where + ": " + fault.what);
    if (faults->empty()) print_line("every body and every reference is whole");
  }
  return faults->empty() ? exit_ok : exit_findings;
}

int journal_backup_command(const Arguments& arguments) {
  gateway::JournalPlace place;
  if (!find_place(arguments, place)) return exit_usage;
  if (!place.postgres.empty()) {
    return fail(exit_usage,
                "a shared journal is backed up with the database (pg_basebackup, pg_dump), or exported");
  }
  gateway::SystemFiles files;
  const std::string& to = arguments.operands().front();
  const auto count = gateway::back_up_journal(place.folder, to, files);
  if (!count) return said(count.error());
  // A backup that was not read back is a hope.
  const auto faults = gateway::check_journal(to, files, place.seal);
  if (!faults) return said(faults.error());
  for (const auto& fault : *faults) print_line(fault.where + ": " + fault.what);
  if (arguments.json()) {
    print_json({{"files", count->files}, {"bytes", count->bytes}, {"faults", faults->size()}});
  } else if (faults->empty()) {
    print_line(fmt::format("{} files, {} bytes in {}; read back and whole", count->files, count->bytes, to));
  }
  return faults->empty() ? exit_ok : exit_findings;
}

int journal_export_command(const Arguments& arguments) {
  gateway::JournalPlace place;
  if (!find_place(arguments, place)) return exit_usage;
  const std::string& to = arguments.operands().front();
  std::FILE* out = to == "-" ? stdout : std::fopen(to.c_str(), "wx");
  if (out == nullptr)
    return fail(exit_environment, fmt::format("{} cannot be made, or is there already", to));
  const auto line = [&](std::string_view text) -> Outcome {
    if (std::fwrite(text.data(), 1, text.size(), out) == text.size() && std::fputc('\n', out) == '\n')
      return {};
    return std::unexpected(
        Status{StatusClass::unavailable, "JOURNAL-0001", fmt::format("cannot write {}", to)});
  };
  try {
    const auto raw = open_raw(place, false);
    if (!raw) return exit_environment;
    auto count = gateway::export_journal(*raw->database, *raw->bodies, line);
    if (std::fflush(out) != 0 && count) count = std::unexpected(line({}).error());
    if (out != stdout) std::fclose(out);
    return count ? tell(arguments, "exported", *count) : said(count.error());
  } catch (const gateway::SqlError& error) {
    return said(error.status());
  }
}

int journal_import_command(const Arguments& arguments) {
  gateway::JournalPlace place;
  if (!find_place(arguments, place)) return exit_usage;
  const std::string& from = arguments.operands().front();
  std::ifstream file;
  if (from != "-") file.open(from, std::ios::binary);
  std::istream& in = from == "-" ? std::cin : file;
  if (!in) return fail(exit_environment, fmt::format("{} cannot be read", from));
  gateway::SystemFiles files;
  if (auto made = files.make_directory(place.folder); !made) return said(made.error());
  try {
    const auto raw = open_raw(place, true);
    if (!raw) return exit_environment;
    const auto next = [&](std::string& line) -> std::expected<bool, Status> {
      return static_cast<bool>(std::getline(in, line));
    };
    const auto count = gateway::import_journal(*raw->database, *raw->bodies, next);
    return count ? tell(arguments, "imported", *count) : said(count.error());
  } catch (const gateway::SqlError& error) {
    return said(error.status());
  }
}

int journal_migrate_command(const Arguments& arguments) {
  gateway::JournalPlace place;
  if (!find_place(arguments, place)) return exit_usage;
  const bool shared = !place.postgres.empty();
  const int newest = shared ? gateway::postgres_schema_version : gateway::journal_schema_version;
  const int to = arguments.has("--to") ? std::atoi(arguments.get("--to").c_str()) : newest;
  if (to < 1 || to > newest)
    return fail(exit_usage, fmt::format("--to wants a version from 1 to {}", newest));
  try {
    std::unique_ptr<gateway::Database> database;
    if (shared) {
      database = std::make_unique<gateway::PostgresDatabase>(place.postgres, "purser/journal");
    } else {
      database = std::make_unique<gateway::SqliteDatabase>(place.folder + "/journal.db", false, false, busy);
    }
    auto* postgres = dynamic_cast<gateway::PostgresDatabase*>(database.get());
    const int from =
        shared ? gateway::postgres_version(*postgres).version : gateway::journal_version(*database);
    const auto steps = shared ? gateway::migration_steps(from, to) : gateway::journal_steps(from, to);
    ordered_json list = ordered_json::array();
    for (const auto& step : steps) {
      if (arguments.json()) {
        list.push_back({{"from", step.from}, {"to", step.to}, {"sql", step.sql}});
      } else {
        print_line(fmt::format("-- from version {} to {}\n{}", step.from, step.to, step.sql));
      }
    }
    if (!arguments.has("--dry-run")) {
      const Outcome done =
          shared ? gateway::migrate_postgres(*postgres, to) : gateway::take_journal_to(*database, to);
      if (!done) return said(done.error());
    }
    if (arguments.json()) {
      print_json({{"from", from}, {"to", to}, {"steps", list}, {"done", !arguments.has("--dry-run")}});
    } else {
      print_line(fmt::format("-- {} version {}", arguments.has("--dry-run") ? "would have" : "has", to));
    }
    return exit_ok;
  } catch (const gateway::SqlError& error) {
    return said(error.status());
  }
}

}  // namespace purser::cli
