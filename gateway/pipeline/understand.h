// The steps between a message's bytes and its planned, written deliveries.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <span>

#include "gateway/message/message.h"
#include "gateway/route/route.h"
#include "gateway/translate/translator.h"

namespace purser::gateway {

/// More deliveries of one message are written at their first attempt: admission shall not wait for a hundred.
inline constexpr std::size_t max_written_ahead = 8;

/// Decode, check, plan: the same on the fast and on the slow path. Takes no number of an interchange, so that
/// one may only look. An error may pass (connector busy); everything else is in the understanding's findings
/// and state. `now` is the day of what is answered. [any]
std::expected<Understanding, Status> understand(Translator& translator, const RouteTable& table,
                                                const Incoming& incoming, const Pull& source, Instant now,
                                                plugin::Handed* handed = nullptr);

/// Writes the deliveries that were planned. [any]
void write_ahead(Translator& translator, const Incoming& incoming, Understanding& what);

/// Whether two bodies are small enough, and for the same connector, to be handed over together.
bool go_together(const Incoming& one, const Incoming& other);
/// Gives bodies that go together to their connector; understand() takes one after the other, in order,
/// and nothing is written before. Null where it is of no use. [any]
std::shared_ptr<plugin::Handed> hand_over(Translator& translator, const RouteTable& table,
                                          std::span<const Incoming* const> bodies);

/// Bounds of one part of a message that is settled in parts: memory while it is read, and how long one
/// commit keeps others waiting.
inline constexpr std::size_t max_part_documents = 200;
inline constexpr std::size_t max_part_bytes = 4 << 20;  ///< of canonical JSON; one document may have more

/// Takes one part with `read` documents of the source, and answers to them behind those; `last` ends the
/// message. An error ends the reading: the part is not wanted.
using EachPart = std::function<Outcome(Understanding&& part, std::uint32_t read, bool last)>;

/// The same, with deliveries written, in bounded memory, for messages of any number of documents: reads on
/// behind the first `after` documents and gives part after part. True if the last one was taken; false if the
/// taker wanted no more; an error may pass.
std::expected<bool, Status> understand_in_parts(Translator& translator, const RouteTable& table,
                                                const Incoming& incoming, const Pull& source, Instant now,
                                                std::uint32_t after, const EachPart& each);

/// A delivery as it is sent.
struct WrittenDelivery {
  std::string bytes;
  std::vector<Finding> lost;  ///< what the format has no place for (lost_values.h)
};

/// Writes one delivery to `target` from canonical JSON. An error may pass; a document that cannot be written
/// is DELIVER-0009.
std::expected<std::expected<WrittenDelivery, Finding>, Status> write_delivery(Translator& translator,
                                                                              const EncodeOrder& order,
                                                                              std::string_view target,
                                                                              std::string_view canonical);

}  // namespace purser::gateway
