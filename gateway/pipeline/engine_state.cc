#include "gateway/pipeline/engine_state.h"

#include <fmt/format.h>

#include "gateway/pipeline/interchanges.h"
#include "gateway/pipeline/understand.h"
#include "gateway/translate/pull_text.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_findings_answered = 20;  // the rest is asked for with GET
constexpr std::uint32_t pending_at_once = 8;       // messages claimed for the slow path; each may be large
constexpr int questions_after_duplicate =
    256;                                 // submissions whose claims are looked for before they are read
constexpr std::size_t max_together = 8;  // handed over at once: less than a millisecond of reading
constexpr unsigned max_lent = 32;        // threads beyond the pool, while connectors are stuck

Pull pull_body(BodyStore& bodies, const BodyRef& where) {
  return [&bodies, where, at = std::uint64_t{0}](std::span<char> into) mutable {
    auto got = bodies.read_piece(where, at, into);
    if (got) at += *got;
    return got;
  };
}

void add_findings(std::vector<Finding>& into, const std::vector<Finding>& from) {
  for (const Finding& finding : from) {
    if (into.size() >= max_findings_answered) return;
    into.push_back(finding);
  }
}

std::vector<Finding> findings_of(const Understanding& what) {
  std::vector<Finding> out;
  add_findings(out, what.findings);
  for (const Document& document : what.documents) add_findings(out, document.findings);
  for (const PlannedDelivery& planned : what.deliveries) {
    if (planned.parked) add_findings(out, {*planned.parked});
  }
  return out;
}

// What is left of a message whose tenant was shredded before it was understood.
Understanding unreadable(const Status& why) {
  Understanding out;
  out.findings.push_back(make_finding(why.code, {}, why.message));
  out.state = MessageState::parked;
  out.why = why.code;
  return out;
}

}  // namespace

void Engine::State::answer(const std::shared_ptr<Submission>& submission, Answer answer) {
  Metrics& m = parts.metrics;
  switch (answer.kind) {
    case AnswerKind::accepted:
      m.accepted.add();
      break;
    case AnswerKind::duplicate:
      m.duplicates.add();
      questions_left = questions_after_duplicate;
      break;
    case AnswerKind::conflict:
      m.conflicts.add();
      break;
    case AnswerKind::refused:
      m.refused.add();
      break;
  }
  m.admission.observe(parts.clock.monotonic() - submission->since);
  submission->answer(std::move(answer));
  m.waiting.add(-1);
  --unanswered;
}

// Most of what comes is new, and the transaction knows the claims anyway: the question costs each new
// document a fifteenth of its processor time. It spares decoding those that come again, which they seldom do
// alone. Beside a database server the journey costs more than it spares.
bool Engine::State::may_come_again() {
  if (questions_left <= 0) return false;
  --questions_left;
  return parts.journal.is_local();
}

bool Engine::State::answer_from_claim(const std::shared_ptr<Submission>& submission, const Sha256& hash) {
  for (const Claim& claim : submission->incoming.claims) {
    const auto seen = parts.journal.find_claim(submission->incoming.tenant, claim, hash);
    if (!seen || !*seen) continue;
    Answer first;
    first.kind = (*seen)->kind;
    first.message = (*seen)->message;
    first.state = (*seen)->state;
    if (submission->decide()) answer(submission, std::move(first));
    return true;
  }
  return false;
}

struct Engine::State::Reading {
  std::shared_ptr<Submission> submission;
  Sha256 hash;
  std::expected<Understanding, Status> what;
};

void Engine::State::forget(const std::shared_ptr<Submission>& submission) {
  const std::lock_guard lock(active_mutex);
  active.remove(submission);
}

// Those that wait are divided among the threads.
std::vector<std::shared_ptr<Submission>> Engine::State::take_group() {
  std::vector<std::shared_ptr<Submission>> group;
  const std::lock_guard lock(active_mutex);
  const std::size_t share = std::min(max_together, (fresh.size() + options.workers - 1) / options.workers);
  while (group.size() < share &&
         (group.empty() || go_together(group.front()->incoming, fresh.front()->incoming))) {
    group.push_back(std::move(fresh.front()));
    fresh.pop_front();
  }
  return group;
}

std::optional<Sha256> Engine::State::begin(const std::shared_ptr<Submission>& submission) {
  if (submission->decided) return std::nullopt;  // the watchman admitted it while it waited for a thread
  const Incoming& in = submission->incoming;
  const Sha256 hash = in.staged.is_set() ? in.staged_hash : sha256(in.body);
  if (may_come_again() && answer_from_claim(submission, hash)) return std::nullopt;
  if (!in.staged.is_set() && in.body.size() <= options.fast_path_limit) return hash;
  if (submission->decide()) admit(submission, std::move(submission->incoming), hash, std::nullopt);
  return std::nullopt;
}

// They are read together before anything is written or admitted: what was handed over keeps its worker. One
// that takes long keeps its neighbours waiting, until the watchman admits them as they are.
void Engine::State::understand_next() {
  std::vector<Reading> readings;
  std::vector<const Incoming*> bodies;
  for (auto& submission : take_group()) {
    if (const auto hash = begin(submission)) {
      bodies.push_back(&submission->incoming);
      readings.push_back({std::move(submission), *hash, {}});
    } else {
      forget(submission);
    }
  }
  if (readings.empty()) return;  // a group before took them
  const auto table = parts.router.table();
  auto handed = bodies.size() > 1 ? hand_over(parts.translator, *table, bodies) : nullptr;
  for (Reading& reading : readings) {
    const Incoming& in = reading.submission->incoming;
    const auto began = parts.clock.monotonic();
    reading.what =
        understand(parts.translator, *table, in, pull_text(in.body), parts.clock.now(), handed.get());
    parts.metrics.understanding.observe(parts.clock.monotonic() - began);
  }
  handed.reset();
  for (Reading& reading : readings) finish(reading);
}

void Engine::State::finish(Reading& reading) {
  auto& [submission, hash, what] = reading;
  if (what) write_ahead(parts.translator, submission->incoming, *what);
  forget(submission);
  if (!submission->decide()) return;  // admitted meanwhile; the slow path understands it again
  Incoming incoming = std::move(submission->incoming);
  if (what) {
    auto first = check_interchanges(parts.journal, *parts.router.table(), incoming, hash, *what);
    if (first) return answer(submission, {first->kind, first->message, first->state, {}, {}});
  }
  admit(submission, std::move(incoming), hash,
        what ? std::optional(std::move(*what)) : std::optional<Understanding>());
}

void Engine::State::admit(const std::shared_ptr<Submission>& submission, Incoming incoming,
                          const Sha256& hash, std::optional<Understanding> understanding) {
  Admission admission;
  admission.hash = hash;
  admission.incoming = std::move(incoming);
  std::vector<Finding> findings;
  const bool later = !understanding;
  if (understanding) {
    findings = findings_of(*understanding);
    admission.lease = deliverer->lease();
    admission.understanding = std::move(understanding);
  }
  std::vector<Admission> batch;
  batch.push_back(std::move(admission));
  parts.journal.admit(std::move(batch), [this, submission, later, findings = std::move(findings)](
                                            std::expected<std::vector<Admitted>, Status> result) mutable {
    Answer out;
    if (!result) {
      out.status = result.error();
      return answer(submission, std::move(out));
    }
    Admitted& one = result->front();
    out.kind = one.kind;
    out.message = one.message;
    out.state = one.state;
    if (one.kind == AnswerKind::accepted) {
      out.findings = std::move(findings);
      if (one.state == MessageState::parked) parts.metrics.parked.add();
      if (one.state == MessageState::rejected) parts.metrics.rejected.add();
    }
    deliverer->take(std::move(one.claimed));
    answer(submission, std::move(out));
    if (later) wake_up();
  });
}

// A connector that takes too long keeps its thread, not the sender: the message is made durable as it is.
void Engine::State::look_for_slow_ones() {
  std::vector<std::shared_ptr<Submission>> late;
  const auto now = parts.clock.monotonic();
  {
    const std::lock_guard lock(active_mutex);
    for (const auto& submission : active) {
      if (now - submission->since > options.fast_path_deadline && submission->decide())
        late.push_back(submission);
    }
  }
  for (const auto& submission : late) {
    // Copied: the stuck thread still reads it.
    const Incoming& in = submission->incoming;
    admit(submission, in, in.staged.is_set() ? in.staged_hash : sha256(in.body), std::nullopt);
  }
  if (!late.empty()) fast->lend(max_lent);
}

void Engine::State::look_for_work() {
  if (!open) return;
  if (looking > 0) {
    look_again = true;
    // Its claims may have ended between the two.
    if (looking > 0 || !look_again.exchange(false)) return;
  }
  if (const std::size_t busy = pending_count(); busy < pending_at_once) {
    ++looking;
    parts.journal.claim_pending(
        pending_at_once - static_cast<std::uint32_t>(busy), {options.node, parts.clock.now() + options.lease},
        [this](std::expected<std::vector<PendingMessage>, Status> found) {
          if (found) {
            for (PendingMessage& one : *found) {
              // Its lease ended while a slow connector is still at it: one at a time.
              {
                const std::lock_guard lock(active_mutex);
                if (!pending.insert(one.id).second) continue;
              }
              slow->run([this, message = std::make_shared<PendingMessage>(std::move(one))] {
                understand_later(message);
              });
            }
          }
          looked();
        });
  }
  auto requests = deliverer->wanted();
  if (requests.empty()) return;
  ++looking;
  parts.journal.claim_due(std::move(requests),
                          [this](std::expected<std::vector<ClaimedDelivery>, Status> found) {
                            if (found) deliverer->take_claimed(std::move(*found));
                            looked();
                          });
}

void Engine::State::looked() {
  if (--looking == 0 && look_again.exchange(false)) wake_up();
}

// What cannot be read now (connector busy, journal not writable) is looked at again when the hold on the
// message ends, behind the parts that are durable.
void Engine::State::understand_later(const std::shared_ptr<PendingMessage>& message) {
  std::uint32_t after = message->settled;
  char first = 0;
  const auto there = parts.bodies.read_piece(message->body, 0, {&first, 1});
  if (!there && there.error().code == "SEAL-0002") {
    static_cast<void>(settle(*message, unreadable(there.error()), {}, after, after, true));
    done_with(message->id);
    return;
  }
  const auto each = [&](Understanding&& part, std::uint32_t read, bool last) -> Outcome {
    auto claims = check_interchanges_later(parts.journal, *parts.router.table(), *message, part);
    if (!claims) return std::unexpected(claims.error());
    auto settled = settle(*message, std::move(part), std::move(*claims), after, after + read, last);
    after += read;
    if (settled && !last && !open) return std::unexpected(Status{StatusClass::unavailable, {}, "stopping"});
    return settled;
  };
  static_cast<void>(understand_in_parts(parts.translator, *parts.router.table(), message->incoming,
                                        pull_body(parts.bodies, message->body), parts.clock.now(),
                                        message->settled, each));
  done_with(message->id);
  wake_up();
}

// Waits until the part is durable: the reader is never further ahead than one part.
Outcome Engine::State::settle(const PendingMessage& message, Understanding part, std::vector<Claim> claims,
                              std::uint32_t after, std::uint32_t settled, bool last) {
  Settlement settlement{message.id, std::move(part),   deliverer->lease(),     after, settled,
                        {},         std::move(claims), message.incoming.tenant};
  if (!last) settlement.more = Lease{options.node, parts.clock.now() + options.lease};
  std::vector<Settlement> batch;
  batch.push_back(std::move(settlement));
  auto result = parts.journal.settle_now(std::move(batch));
  if (!result) return std::unexpected(result.error());
  Admitted& one = result->front();
  if (one.state == MessageState::parked) parts.metrics.parked.add();
  if (one.state == MessageState::rejected) parts.metrics.rejected.add();
  deliverer->take(std::move(one.claimed));
  if (one.kind == AnswerKind::accepted) return {};
  return std::unexpected(
      Status{StatusClass::unavailable, "JOURNAL-0002", "the message is understood elsewhere"});
}

void Engine::State::done_with(MessageId message) {
  const std::lock_guard lock(active_mutex);
  pending.erase(message);
}

std::size_t Engine::State::pending_count() {
  const std::lock_guard lock(active_mutex);
  return pending.size();
}

void Engine::State::wake_up(std::chrono::microseconds time) {
  if (time.count() == 0) return watchman->wake();
  watchman->wake_after(time);
}

}  // namespace purser::gateway
