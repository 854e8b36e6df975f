#include "tests/simulation/senders.h"

#include <fmt/format.h>

#include <algorithm>

namespace purser::simulation {
namespace {

constexpr seconds patience{5};  // then it is sent again, with the same key
constexpr std::uint64_t poison_per_mille = 40;
constexpr std::uint64_t unreadable_per_mille = 40;
constexpr std::uint64_t large_per_mille = 150;  // admitted first, understood later
constexpr std::uint64_t again_per_mille = 150;  // sent once more although the answer came
constexpr std::uint64_t other_content_per_mille = 60;

gateway::Incoming incoming(const Sent& one, bool other_content) {
  gateway::Incoming in;
  in.source = "http";
  in.partner = "acme";
  in.credential = "key-1";
  in.claims = {{"http/acme", one.key}};
  in.body = one.body + (other_content ? " changed" : "");
  return in;
}

}  // namespace

void Senders::begin(std::size_t documents, std::size_t lanes, microseconds within) {
  for (std::size_t i = 0; i < documents; ++i) {
    Sent one;
    one.key = fmt::format("key-{}", i);
    one.lane = fmt::format("L{}", world_.below(lanes));
    one.poison = world_.chance(poison_per_mille);
    one.readable = !world_.chance(unreadable_per_mille);
    one.number = fmt::format("{}{}", one.poison ? "poison" : "N", i);
    one.body = fmt::format("order {} {} {}", one.number, one.lane, one.readable ? "" : "unreadable");
    if (world_.chance(large_per_mille)) one.body += std::string(3'000, 'x');
    sent_.push_back(std::move(one));
  }
  for (std::size_t i = 0; i < documents; ++i) {
    world_.after(world_.between(microseconds(0), within), 0, [this, i] { send(i); });
  }
}

bool Senders::all_answered() const {
  return std::ranges::all_of(sent_, [](const Sent& one) { return one.answer.has_value(); });
}

void Senders::send(std::size_t index) {
  Sent& one = sent_[index];
  if (one.answer) return;
  ++one.attempts;
  if (Node* node = node_(); node != nullptr && !world_.chance(weather_.lost)) submit(index, *node, false);
  world_.after(patience, 0, [this, index] { send(index); });
}

void Senders::submit(std::size_t index, Node& node, bool other_content) {
  const Life life = node.life();
  world_.after(travel_time(world_, weather_), life, [this, index, other_content, &node, life] {
    node.engine().submit(incoming(sent_[index], other_content), [this, index, other_content,
                                                                 life](const gateway::Answer& answer) {
      if (!world_.is_alive(life) || world_.chance(weather_.lost)) return;
      world_.after(travel_time(world_, weather_), 0,
                   [this, index, other_content, answer] { answered(index, answer, other_content); });
    });
  });
}

void Senders::answered(std::size_t index, const gateway::Answer& answer, bool other_content) {
  Sent& one = sent_[index];
  if (answer.kind == gateway::AnswerKind::refused) return;
  if (other_content) {
    if (answer.kind != gateway::AnswerKind::conflict)
      broken_(fmt::format("{}: other content under the same key was not a conflict", one.key));
    return;
  }
  if (answer.kind == gateway::AnswerKind::conflict) {
    broken_(fmt::format("{}: the same content was called a conflict", one.key));
    return;
  }
  if (one.answer && *one.answer != answer.message) {
    broken_(fmt::format("{}: answered as {} and as {}", one.key, text(*one.answer), text(answer.message)));
  }
  const bool first = !one.answer;
  one.answer = answer.message;
  if (!first) return;
  Node* node = node_();
  if (node == nullptr) return;
  if (world_.chance(again_per_mille)) submit(index, *node, false);
  if (world_.chance(other_content_per_mille)) submit(index, *node, true);
}

}  // namespace purser::simulation
