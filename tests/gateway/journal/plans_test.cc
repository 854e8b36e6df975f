// Every statement that the tests of this program run is found by an index: what is stored costs nothing.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "gateway/journal/schema.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

// Statements that read all of something, and why they may.
constexpr std::array allowed_statements{
    std::string_view("SELECT state, count(*) FROM message"),  // figures: for people and tests
    std::string_view("SELECT 1 FROM message LIMIT 1"),        // import: is it empty?
    std::string_view("SELECT d.id, d.message FROM delivery d LEFT JOIN message m"),  // purser journal check
};
// Steps that read few rows, whatever is stored: partial indexes hold what is open or parked.
constexpr std::array allowed_steps{
    std::string_view("SCAN audit_head"),  // a row for each node
    std::string_view("SCAN CONSTANT ROW"),
    std::string_view("SCAN tenant_key"),  // some rows for each tenant; asked at start and by people
    std::string_view("SCAN g"),  // groups of what is parked
    std::string_view("SCAN i"),  // and one by one
    std::string_view("SCAN k"),  // one page of hits
    std::string_view("INDEX message_admitted"),
    std::string_view("INDEX message_parked"),
    std::string_view("INDEX delivery_due"),
    std::string_view("INDEX delivery_in_flight"),
    std::string_view("INDEX delivery_parked"),
};

// The next rows of a table in the order of its key: export and verification, from the beginning.
bool is_page(std::string_view sql) {
  return sql.ends_with(" LIMIT ?") && sql.find(" WHERE ") == std::string_view::npos;
}

std::mutex mutex;
std::set<std::string> statements;

int note(unsigned, void*, void* statement, void*) {
  const char* sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
  const std::lock_guard lock(mutex);
  if (sql != nullptr) statements.insert(sql);
  return 0;
}

int on_open(sqlite3* database, char**, const sqlite3_api_routines*) {
  sqlite3_trace_v2(database, SQLITE_TRACE_STMT, note, nullptr);
  return SQLITE_OK;
}

bool is_allowed(std::string_view sql, std::string_view step) {
  return is_page(sql) ||
         std::ranges::any_of(allowed_statements, [&](auto one) { return sql.starts_with(one); }) ||
         std::ranges::any_of(allowed_steps, [&](auto one) { return step.find(one) != sql.npos; });
}

class Plans : public ::testing::Environment {
 public:
  void SetUp() override { sqlite3_auto_extension(reinterpret_cast<void (*)()>(on_open)); }

  void TearDown() override {
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(on_open));
    const TemporaryFolder folder;
    SqliteDatabase database(folder.path() + "/plans.db", false, true, std::chrono::seconds(1));
    ASSERT_TRUE(migrate_journal(database, true));
    std::size_t judged = 0;
    for (const std::string& sql : statements) judged += judge(database, sql) ? 1 : 0;
    if (statements.size() > 100) {
      EXPECT_GT(judged, 60U) << "the statements were not seen";
    }
  }

 private:
  // False if it is none of the journal's: a test's own, or of another schema.
  static bool judge(SqliteDatabase& database, const std::string& sql) {
    constexpr std::array planned{"SELECT", "INSERT", "UPDATE", "DELETE"};
    if (std::ranges::none_of(planned, [&](const char* word) { return sql.starts_with(word); })) return false;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database.handle(), ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &statement,
                           nullptr) != SQLITE_OK)
      return false;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      const std::string step = reinterpret_cast<const char*>(sqlite3_column_text(statement, 3));
      if (step.starts_with("SCAN") && !is_allowed(sql, step)) ADD_FAILURE() << step << ": " << sql;
      // A page of hits begins at its place in the index, however many hits lie before it.
      if (step.find("document_key") != step.npos && sql.find("ordinal) < (?, ?)") != sql.npos) {
        EXPECT_NE(step.find("(message,ordinal)<(?,?)"), step.npos) << step << ": " << sql;
      }
    }
    sqlite3_finalize(statement);
    return true;
  }
};

const auto* const plans = ::testing::AddGlobalTestEnvironment(new Plans);

}  // namespace
}  // namespace purser::gateway
