#include "gateway/pipeline/answers.h"

#include <chrono>

#include "canonical/acknowledge/application.h"
#include "canonical/model/convert.h"
#include "gateway/translate/assembly.h"

namespace purser::gateway {
namespace {

Date day_of(Instant now) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(now));
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

model::Identifier identifier(const std::string& id, const std::string& scheme) {
  model::Identifier made;
  if (!id.empty()) made.id = id;
  if (!scheme.empty()) made.scheme = scheme;
  return made;
}

acknowledge::DocumentFacts facts_of(const Document& document) {
  acknowledge::DocumentFacts facts;
  facts.type = document.type;
  facts.number = document.number.empty() ? document.origin.message : document.number;
  const Origin& origin = document.origin;
  facts.envelope.sender.emplace() = identifier(origin.sender, origin.sender_scheme);
  facts.envelope.recipient.emplace() = identifier(origin.recipient, origin.recipient_scheme);
  if (!origin.reference.empty()) facts.envelope.reference = origin.reference;
  if (!origin.message.empty()) facts.envelope.message_reference = origin.message;
  return facts;
}

}  // namespace

void answer_contents(const RouteTable& table, const Incoming& incoming, Instant now, Understanding& what) {
  const auto found = table.acknowledging.find(incoming.source);
  if (found == table.acknowledging.end() || !found->second.content) return;
  std::vector<Document> answers;
  auto ordinal = what.documents.empty() ? 0 : what.documents.back().ordinal;
  for (const Document& document : what.documents) {
    if (document.origin.sender.empty() || document.type == DocumentType::acknowledgement) continue;
    Report file;
    Assembly assembly(
        [&](Document&& made) -> Outcome {
          made.ordinal = ++ordinal;
          answers.push_back(std::move(made));
          return {};
        },
        file);
    const auto answer = acknowledge::of_document(facts_of(document), document.findings, day_of(now));
    if (model::to_events(answer, assembly)) static_cast<void>(assembly.finish());
  }
  for (Document& answer : answers) what.documents.push_back(std::move(answer));
}

}  // namespace purser::gateway
