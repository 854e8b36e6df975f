#include "gateway/journal/postgres/writer.h"

#include <algorithm>
#include <iterator>
#include <thread>

#include "gateway/journal/postgres/bodies.h"
#include "gateway/journal/postgres/listener.h"
#include "gateway/journal/tenant_keys.h"

namespace purser::gateway {
namespace {

constexpr int max_repeats = 20;                     // of a transaction that others came before
constexpr std::chrono::milliseconds pause{50};      // between two attempts to connect
constexpr std::chrono::seconds clock_interval{30};  // between two looks at the database's clock

Group alone(std::unique_ptr<Job>& job) {
  Group out;
  out.push_back(std::move(job));
  return out;
}

}  // namespace

PostgresWriter::PostgresWriter(const PostgresJournalOptions& options,
                               std::unique_ptr<PostgresDatabase> database, Chain chain)
    : Writer(nullptr, options.max_group), options_(options), database_(std::move(database)), chain_(chain) {
  backend_ = database_->backend();
  look_at_the_clock();
}

PostgresWriter::~PostgresWriter() { stop(); }

void PostgresWriter::prepare_session(PostgresDatabase& database) {
  // Everything here goes by a key. A plan made while a table is small would read all of it when it is large, and a plan
  // made anew for each statement costs as much as the statement.
  database.execute(
      "SET plan_cache_mode = 'force_generic_plan'; SET enable_seqscan = off; SET enable_hashjoin = off;"
      " SET enable_mergejoin = off");
  database.execute(
      "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '10s'; SET "
      "default_transaction_isolation"
      " = 'read committed'");
}

void PostgresWriter::store(Group& group) {
  Outcome all = store_until_known(group);
  if (all || group.size() == 1 || all.error().what != StatusClass::defect) {
    for (const auto& job : group) job->complete(all);
    return;
  }
  // One of them is at fault: alone, it fails alone.
  for (auto& job : group) {
    Group one = alone(job);
    one.front()->complete(store_until_known(one));
  }
}

// Runs the whole group again after a lost connection, a deadlock, or when another node was first. A commit
// whose outcome was not heard of is looked up: each transaction counts up the number in its chain's head
// record.
Outcome PostgresWriter::store_until_known(Group& group) {
  const auto until = options_.clock.monotonic() + options_.patience;
  int repeats = 0;
  bool unheard = false;
  Status last{StatusClass::unavailable, "JOURNAL-0002", "no connection to the database"};
  while (true) {
    try {
      if (!database_ && !reconnect()) throw SqlError(SqlFault::unavailable, last.message);
      if (unheard && chain_.commits == expected_commits_) return {};
      unheard = false;
      run(group);
      chain_.commits = expected_commits_;
      return {};
    } catch (const SqlError& error) {
      last = error.status();
      unheard |= error.fault() == SqlFault::unknown;
      if (database_) {
        database_->roll_back();
        if (database_->is_broken()) database_.reset();
      }
      if (error.fault() == SqlFault::defect) return std::unexpected(last);
      if (error.fault() == SqlFault::again && ++repeats > max_repeats) {
        return std::unexpected(Status{StatusClass::defect, "JOURNAL-0005", error.what()});
      }
      if (error.fault() != SqlFault::again && options_.clock.monotonic() > until)
        return std::unexpected(last);
      if (error.fault() != SqlFault::again) std::this_thread::sleep_for(pause);
    } catch (const std::exception& error) {
      database_->roll_back();
      return std::unexpected(Status{StatusClass::defect, "JOURNAL-0005", error.what()});
    }
  }
}

void PostgresWriter::run(Group& group) {
  look_at_the_clock();
  Transaction t(*database_, options_.clock.now() + skew(), chain_.number, skew());
  expected_commits_ = chain_.commits + 1;
  t.begin();
  std::vector<std::string> lanes;
  for (const auto& job : group) job->name_lanes(lanes);
  std::ranges::sort(lanes);
  for (const std::string& lane : lanes) t.lock_lane(lane);
  // First those that asked ahead: after one that did not, the answers may be stale.
  std::vector<std::size_t> order;
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < group.size(); ++i) (group[i]->foresee(t) ? order : others).push_back(i);
  const std::size_t foreseen = order.size();
  std::ranges::copy(others, std::back_inserter(order));
  t.wait_for_locks(options_.clock);

  std::vector<std::vector<Content>> bodies(group.size());
  std::vector<Content> all;
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i]->collect(bodies[i]);
    std::ranges::copy(bodies[i], std::back_inserter(all));
  }
  tenant_keys::refuse_destroyed(*database_, all);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == foreseen) t.distrust();
    const auto& own = bodies[order[i]];
    std::vector<BodyRef> places;
    for (const Content& body : own) {
      const auto place = PostgresBodies::place(body.bytes.empty() ? 0 : t.next_id(), body.bytes);
      places.push_back(referring(place, body));
    }
    group[order[i]]->apply(t, places);
    for (std::size_t b = 0; b < own.size(); ++b) {
      if (!t.is_left_out(places[b])) PostgresBodies::post(*database_, places[b], own[b].bytes);
    }
  }
  if (t.has_made_work()) database_->post("SELECT pg_notify('purser_work', '')");
  t.commit();
}

bool PostgresWriter::reconnect() {
  const int before = backend_;
  auto database = std::make_unique<PostgresDatabase>(options_.conninfo, "purser/" + options_.node);
  prepare_session(*database);
  const auto chain = take_chain(*database, options_.node, before);
  // The session before has not ended yet, or somebody else took the name meanwhile.
  if (!chain || chain->number != chain_.number) return false;
  chain_ = *chain;
  database_ = std::move(database);
  backend_ = database_->backend();
  clock_read_at_ = {};
  return true;
}

void PostgresWriter::look_at_the_clock() {
  if (!options_.database_time) return;
  const auto now = options_.clock.monotonic();
  if (clock_read_at_.count() != 0 && now - clock_read_at_ < clock_interval) return;
  clock_read_at_ = now;
  skew_ = skew_of(*database_, options_.clock.now()).count();
}

}  // namespace purser::gateway
