#include "tests/simulation/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gateway/audit/audit.h"
#include "tests/simulation/promises.h"

namespace purser::simulation {
namespace {

constexpr seconds trouble_time{150};
constexpr seconds longest_rest{3 *
                               3600};  // beyond every retry and lease: who is not at rest then never will be
constexpr seconds rest_step{5};

gateway::Target target_named(const std::string& name, bool enabled, bool with_breaker) {
  gateway::Target target;
  target.name = name;
  target.enabled = enabled;
  gateway::HttpTarget http;
  http.url = "http://" + name;
  http.total_timeout = seconds(20);
  target.where = http;
  target.retry.first = milliseconds(200);
  target.retry.longest = seconds(30);
  target.retry.attempts = 60;
  target.retry.deadline = seconds(3'000);
  target.concurrency = 8;
  if (!with_breaker) target.breaker.failures = 0;
  return target;
}

std::shared_ptr<const gateway::RouteTable> table(bool hold_app, bool hold_erp, bool with_breaker) {
  gateway::RouteTable table;
  table.targets = {target_named("app", !hold_app, with_breaker),
                   target_named("erp", !hold_erp, with_breaker)};
  gateway::Route to_app;
  to_app.name = "to-app";
  to_app.target = "app";
  to_app.lane = {"contract_reference.number"};
  gateway::Route to_erp = to_app;
  to_erp.name = "to-erp";
  to_erp.target = "erp";
  to_erp.connector = "words";
  table.routes = {to_app, to_erp};
  return std::make_shared<const gateway::RouteTable>(std::move(table));
}

class Run {
 public:
  Run(std::uint64_t seed, bool tell)
      : world_(seed),
        tell_(tell),
        disk_(world_),
        sqlite_(disk_),
        receivers_(world_),
        with_breaker_(world_.chance(500)),
        sleeps_undisturbed_(world_.chance(250)),
        router_(table(false, false, with_breaker_)),
        around_{world_, disk_, receivers_, weather_, router_},
        senders_(
            world_, weather_, [this] { return some_node(); },
            [this](std::string what) { broken(std::move(what)); }) {}

  RunResult go();

 private:
  using Trouble = void (Run::*)();
  void crash_one();
  void lose_power();
  void stop_one();
  void fill_disk();
  void fail_syncs();
  void take_receiver_down();
  void cut_network();
  void cut_network_for(microseconds time);
  void sleep_past_leases();
  void jump_clock();
  void hold_target();
  void release_parked();
  void next_trouble();
  void calm_down();
  void restart(Node& node);
  bool at_rest();
  void check();
  Node* some_node();
  void broken(std::string what) {
    say(what);
    result_.broken.push_back(std::move(what));
  }
  void say(std::string_view what) {
    const auto now = static_cast<std::uint64_t>(world_.now().count());
    if (tell_) fmt::print(stderr, "{:>5}.{:06} s  {}\n", now / 1'000'000, now % 1'000'000, what);
  }

  World world_;
  bool tell_;
  Disk disk_;
  DiskForSqlite sqlite_;
  Receivers receivers_;
  Weather weather_;
  bool with_breaker_;        ///< half of the runs have none: then more is under way when a node stops
  bool sleeps_undisturbed_;  ///< a quarter: who is killed or loses power meanwhile does not wake with old
                             ///< leases
  microseconds quiet_until_{0};
  gateway::Router router_;
  Surroundings around_;
  std::vector<std::unique_ptr<Node>> nodes_;
  Senders senders_;
  std::array<bool, 2> held_{};
  bool calm_ = false;
  bool clocks_jump_ = false;
  RunResult result_;
};

Node* Run::some_node() {
  const std::size_t first = world_.below(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    Node* node = nodes_[(first + i) % nodes_.size()].get();
    if (node->is_up()) return node;
  }
  return nullptr;
}

void Run::restart(Node& node) {
  world_.after(world_.between(milliseconds(1), seconds(3)), 0, [this, &node] {
    if (node.is_up() || node.start()) return;
    say("could not start: " + node.why());
    restart(node);
  });
}

void Run::crash_one() {
  Node* node = some_node();
  if (node == nullptr) return;
  say("a node is killed");
  ++result_.crashes;
  node->crash();
  restart(*node);
}

void Run::lose_power() {
  say("the power goes");
  ++result_.crashes;
  for (auto& node : nodes_) node->crash();
  disk_.lose_power();
  for (auto& node : nodes_) restart(*node);
}

void Run::stop_one() {
  Node* node = some_node();
  if (node == nullptr) return;
  const auto time = world_.between(seconds(1), seconds(150));  // leases last a minute
  say(fmt::format("a node is stopped for {} s", time.count() / 1'000'000));
  world_.pause(node->life(), world_.now() + time);
}

void Run::fill_disk() {
  say("the disk is full");
  disk_.faults.full = true;
  world_.after(world_.between(seconds(1), seconds(15)), 0, [this] { disk_.faults.full = false; });
}

// A sync that failed is final for the process: its supervisor starts it again.
void Run::fail_syncs() {
  say("writes and syncs fail");
  disk_.faults.failing_syncs = 300;
  disk_.faults.failing_writes = 100;
  world_.after(world_.between(milliseconds(10), seconds(2)), 0, [this] {
    disk_.faults.failing_syncs = disk_.faults.failing_writes = 0;
    lose_power();
  });
}

void Run::take_receiver_down() {
  const std::string target = world_.chance(500) ? "app" : "erp";
  say(target + " is down");
  receivers_.go_down(target, world_.now() + world_.between(seconds(5), seconds(200)));
}

// Nothing arrives, neither here nor there: what is under way ends by its timeouts.
void Run::cut_network() { cut_network_for(world_.between(seconds(5), seconds(120))); }

// A node stops with much under way and wakes while another is at the same: its leases have ended meanwhile.
void Run::sleep_past_leases() {
  Node* node = some_node();
  if (node == nullptr || weather_.lost == 1000) return;
  cut_network_for(seconds(120));
  if (sleeps_undisturbed_) quiet_until_ = world_.now() + seconds(110);
  world_.after(seconds(15), 0, [this, life = node->life()] {  // meanwhile work piles up
    if (!world_.is_alive(life)) return;
    say("a node sleeps past its leases");
    world_.pause(life, world_.now() + world_.between(seconds(61), seconds(80)));
  });
}

void Run::cut_network_for(microseconds time) {
  say("the network is cut");
  const std::uint64_t before = weather_.lost;
  if (before == 1000) return;
  weather_.lost = 1000;
  world_.after(time, 0, [this, before] {
    if (!calm_) weather_.lost = before;
  });
}

// Half of the runs keep their clocks together: leases can be held to their word there.
void Run::jump_clock() {
  if (!clocks_jump_) return;
  receivers_.clocks_differ();
  Node& node = *nodes_[world_.below(nodes_.size())];
  const auto by = world_.between(seconds(0), seconds(200)) - microseconds(seconds(100));
  say(fmt::format("a clock jumps by {} s", by.count() / 1'000'000));
  node.clock.jump(by);
}

void Run::hold_target() {
  const std::size_t which = world_.below(held_.size());
  held_[which] = true;
  say(which == 0 ? "app is held" : "erp is held");
  router_.swap(table(held_[0], held_[1], with_breaker_));
  world_.after(world_.between(seconds(5), seconds(100)), 0, [this, which] {
    held_[which] = false;
    router_.swap(table(held_[0], held_[1], with_breaker_));
  });
}

void Run::release_parked() {
  Node* node = some_node();
  if (node == nullptr) return;
  const World::As as(world_, node->life());
  gateway::ParkedQuery query;
  query.limit = 10;
  const auto parked = node->journal().parked_items(query);
  if (!parked) return;
  for (const gateway::ParkedItem& item : *parked) {
    gateway::Action action;
    action.message = item.message;
    action.who = "person";
    action.why = "trying again";
    static_cast<void>(node->journal().act({&action, 1}));
  }
  node->engine().wake();
}

void Run::next_trouble() {
  if (calm_) return;
  if (world_.now() < quiet_until_) {
    world_.after(quiet_until_ - world_.now(), 0, [this] { next_trouble(); });
    return;
  }
  static constexpr std::array<Trouble, 11> troubles = {
      &Run::crash_one,  &Run::lose_power,         &Run::stop_one,      &Run::fill_disk,
      &Run::fail_syncs, &Run::take_receiver_down, &Run::cut_network,   &Run::sleep_past_leases,
      &Run::jump_clock, &Run::hold_target,        &Run::release_parked};
  const bool to_sleep = sleeps_undisturbed_ && world_.chance(500);
  (this->*(to_sleep ? &Run::sleep_past_leases : troubles[world_.below(troubles.size())]))();
  world_.after(world_.between(milliseconds(50), seconds(12)), 0, [this] { next_trouble(); });
}

void Run::calm_down() {
  say("all is calm");
  calm_ = true;
  weather_ = {};
  disk_.faults = {};
  held_ = {};
  receivers_.go_up();
  router_.swap(table(false, false, with_breaker_));
}

bool Run::at_rest() {
  if (!senders_.all_answered()) return false;
  for (auto& node : nodes_) {
    if (!node->is_up()) return false;
    const World::As as(world_, node->life());
    const auto figures = node->journal().figures();
    if (!node->engine().is_idle() || !figures || figures->admitted > 0 || figures->deliveries_open > 0)
      return false;
  }
  return true;
}

void Run::check() {
  Node& node = *nodes_.front();
  const World::As as(world_, node.life());
  Promises(node.journal(), receivers_, [this](std::string what) {
    broken(std::move(what));
  }).check(senders_.sent());
  const auto trail = gateway::verify_audit(data_folder);
  if (!trail) {
    broken("the audit trail cannot be verified: " + trail.error().message);
  } else if (trail->first_wrong != 0) {
    broken(fmt::format("the audit trail does not hold at entry {}: {}", trail->first_wrong, trail->what));
  }
}

RunResult Run::go() {
  constexpr std::array<std::uint64_t, 3> mild = {0, 10, 80};
  weather_ = {mild[world_.below(3)], mild[world_.below(3)], mild[world_.below(3)]};
  const std::size_t count = 1 + world_.below(2);
  clocks_jump_ = !sleeps_undisturbed_ && world_.chance(500);
  for (std::size_t i = 0; i < count; ++i) {
    nodes_.push_back(std::make_unique<Node>(around_, fmt::format("node-{}", i + 1)));
    if (!nodes_.back()->start()) broken("a node does not start on an empty disk: " + nodes_.back()->why());
  }
  senders_.begin(30 + world_.below(90), 1 + world_.below(6), trouble_time);
  world_.after(world_.between(milliseconds(10), seconds(5)), 0, [this] { next_trouble(); });
  world_.run_until(trouble_time);
  calm_down();
  const auto limit = world_.now() + longest_rest;
  while (!at_rest() && world_.now() < limit) world_.run_until(world_.now() + rest_step);
  if (!at_rest()) broken("something never comes to rest");
  if (nodes_.front()->is_up()) check();
  result_.digest = world_.digest();
  result_.events = world_.events();
  result_.documents = senders_.sent().size();
  result_.bookings = receivers_.bookings().size();
  return result_;
}

}  // namespace

RunResult run(std::uint64_t seed, bool tell) { return Run(seed, tell).go(); }

}  // namespace purser::simulation
