#include "gateway/journal/expectations.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/journal/packing.h"
#include "gateway/journal/queries.h"

namespace purser::gateway {
namespace {

#define PURSER_EXPECTATIONS                                                                               \
  "SELECT e.delivery, e.awaited, e.message, e.partner, e.within, e.due, e.state, e.answer, e.answered,"   \
  " coalesce(t.type, 0), coalesce(t.number, ''), d.route, d.target, d.document, e.tenant FROM expectation e" \
  " JOIN delivery d ON d.id = e.delivery LEFT JOIN document t ON t.message = d.message AND t.ordinal ="   \
  " d.document"

ExpectationView view_of(const Rows& rows) {
  ExpectationView out;
  out.delivery = {rows.number(0)};
  out.awaited = Awaited::from(rows.number(1));
  out.message = {rows.number(2)};
  out.partner = rows.text(3);
  out.within = std::chrono::seconds(rows.number(4));
  if (rows.number(5) != 0) out.due = to_instant(rows.number(5));
  out.state = static_cast<ExpectationState>(rows.number(6));
  out.answer = {rows.number(7)};
  if (rows.number(8) != 0) out.answered = to_instant(rows.number(8));
  out.type = static_cast<DocumentType>(rows.number(9));
  out.number = rows.text(10);
  out.route = rows.text(11);
  out.target = rows.text(12);
  out.document = static_cast<std::uint32_t>(rows.number(13));
  out.tenant = rows.text(14);
  return out;
}

std::string in_words(std::chrono::seconds time) {
  const auto count = time.count();
  if (count % 86'400 == 0) return fmt::format("{} d", count / 86'400);
  if (count % 3'600 == 0) return fmt::format("{} h", count / 3'600);
  return count % 60 == 0 ? fmt::format("{} min", count / 60) : fmt::format("{} s", count);
}

std::string document_in_words(const ExpectationView& one) {
  const DocumentDescriptor* descriptor = find_document(one.type);
  return fmt::format("{} {}", descriptor == nullptr ? "document" : descriptor->name, one.number);
}

// Stands with the document's other findings, where everybody looks.
void add_finding(Transaction& t, const ExpectationView& one, const Finding& finding) {
  t.add_finding(one.message, one.document, finding.code, finding.severity, pack(finding));
}

void answer(Transaction& t, const ExpectationView& one, MessageId message, bool refuses) {
  const auto state = refuses ? ExpectationState::refused : ExpectationState::answered;
  t.db.post("UPDATE expectation SET state = ?, answer = ?, answered = ? WHERE delivery = ? AND awaited = ?",
            static_cast<int>(state), message.value, to_number(t.now), one.delivery.value, one.awaited.number());
  t.enter(one.tenant, "purser", refuses ? "refused" : "acknowledged", one.message, one.delivery,
          fmt::format("{} {}", name(one.awaited), text(message)));
  if (!refuses) return;
  add_finding(t, one,
              make_finding("DELIVER-0015", {},
                           fmt::format("{}: the {} in message {} refuses {}", one.target, name(one.awaited),
                                       text(message), document_in_words(one))));
}

}  // namespace

void answer_expectations(Transaction& t, MessageId message, const std::string& tenant, const std::string& partner,
                         const Acknowledges& answers) {
  std::vector<ExpectationView> found;
  for (const std::string& key : answers.keys) {
    auto rows = t.db.query(PURSER_EXPECTATIONS
                           " JOIN expectation_key k ON k.delivery = e.delivery AND k.awaited = e.awaited WHERE"
                           " k.value = ? AND e.tenant = ? AND (e.partner = '' OR e.partner = ?) AND (e.state IN"
                           " (1, 3, 4) OR (e.state = 2 AND ? = 1))",
                           key, tenant, partner, answers.refuses);
    while (rows.next()) {
      ExpectationView one = view_of(rows);
      const auto same = [&](const ExpectationView& other) {
        return other.delivery == one.delivery && other.awaited == one.awaited;
      };
      const bool is_one = std::ranges::find(answers.as, one.awaited) != answers.as.end();
      if (is_one && std::ranges::none_of(found, same)) found.push_back(std::move(one));
    }
  }
  for (const ExpectationView& one : found) answer(t, one, message, answers.refuses);
}

void arm_expectations(Transaction& t, DeliveryId delivery) {
  t.db.post("UPDATE expectation SET due = ? + within * 1000000 WHERE delivery = ? AND due = 0", to_number(t.now),
            delivery.value);
}

void forget_expectations(Transaction& t, DeliveryId delivery) {
  t.db.post("DELETE FROM expectation_key WHERE delivery = ?", delivery.value);
  t.db.post("DELETE FROM expectation WHERE delivery = ?", delivery.value);
}

std::unique_ptr<Job> make_expecting(std::vector<Expectation> batch, Completion<bool> done) {
  return make_job<bool>(
      [batch = std::move(batch)](Transaction& t, std::vector<bool>& out) {
        for (const Expectation& one : batch) {
          t.db.post(
              "INSERT INTO expectation (delivery, awaited, tenant, message, partner, within, due, state, answer,"
              " answered) SELECT ?, ?, tenant, id, ?, ?, 0, 1, 0, 0 FROM message WHERE id = ? ON CONFLICT DO NOTHING",
              one.delivery.value, one.awaited.number(), one.partner, one.within.count(), one.message.value);
          for (const std::string& key : one.keys) {
            t.db.insert(
                "INSERT INTO expectation_key (value, delivery, awaited) VALUES (?,?,?) ON CONFLICT DO "
                "NOTHING",
                key, one.delivery.value, one.awaited.number());
          }
          out.push_back(true);
        }
      },
      std::move(done));
}

std::unique_ptr<Job> make_overdue(std::uint32_t limit, Completion<ExpectationView> done) {
  return make_job<ExpectationView>(
      [limit](Transaction& t, std::vector<ExpectationView>& out) {
        {
          auto rows = t.db.query(PURSER_EXPECTATIONS
                                 " WHERE e.state = 1 AND e.due > 0 AND e.due <= ? ORDER BY e.due LIMIT ?",
                                 to_number(t.now), limit);
          while (rows.next()) out.push_back(view_of(rows));
        }
        std::erase_if(out, [&](ExpectationView& one) {
          // Another node may be at it, or the answer may have come a moment ago.
          one.state = ExpectationState::overdue;
          return t.db.run("UPDATE expectation SET state = 3 WHERE delivery = ? AND awaited = ? AND state = 1",
                          one.delivery.value, one.awaited.number()) == 0;
        });
        for (ExpectationView& one : out) {
          one.finding = make_finding(
              "DELIVER-0014", {},
              fmt::format("{}: no {} came for {} within {}", one.target, name(one.awaited), document_in_words(one),
                          in_words(one.within)));
          add_finding(t, one, one.finding);
          t.enter(one.tenant, "purser", "overdue", one.message, one.delivery, name(one.awaited));
        }
      },
      std::move(done));
}

std::unique_ptr<Job> make_waiving(DeliveryId delivery, std::string tenant, std::string who, std::string why,
                                  Completion<bool> done) {
  return make_job<bool>(
      [delivery, tenant = std::move(tenant), who = std::move(who), why = std::move(why)](Transaction& t, std::vector<bool>& out) {
        auto rows = t.db.query(
            "SELECT message, tenant FROM expectation WHERE delivery = ?1 AND state IN (1, 3, 4)"
            " AND (?2 = '' OR tenant = ?2) /*FOR UPDATE*/",
            delivery.value, tenant);
        const bool any = rows.next();
        out.push_back(any);
        if (!any) return;
        const std::string whose = rows.text(1);
        t.enter(whose, who, "waived", {rows.number(0)}, delivery, why);
        t.db.post("UPDATE expectation SET state = 5 WHERE delivery = ? AND state IN (1, 3, 4)", delivery.value);
      },
      std::move(done));
}

std::vector<ExpectationView> queries::expectations(Database& db, const ExpectationQuery& query) {
  constexpr std::uint32_t most_of_one = 100;  // more than there are kinds of acknowledgement
  const std::uint32_t limit = std::min(query.limit, ExpectationQuery::max_limit);
  std::vector<ExpectationView> out;
  auto rows = db.query(PURSER_EXPECTATIONS
                       " WHERE e.delivery > ?1 AND (?2 = 0 OR e.state = ?2) AND (?3 = 0 OR e.state IN (1, 3, 4))"
                       " AND (?4 = '' OR d.target = ?4) AND (?5 = '' OR e.tenant = ?5) ORDER BY e.delivery, e.awaited LIMIT"
                       " ?6",
                       query.after.value, query.state ? static_cast<int>(*query.state) : 0, query.open,
                       query.target, query.tenant, limit + most_of_one);
  while (rows.next()) {
    // A page ends with a delivery, so that the next one begins behind it.
    if (out.size() >= limit && DeliveryId{rows.number(0)} != out.back().delivery) break;
    out.push_back(view_of(rows));
  }
  return out;
}

}  // namespace purser::gateway
