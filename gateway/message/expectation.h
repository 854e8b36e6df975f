// An acknowledgement that shall come for a delivery by a time, and what comes of that.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/spec/descriptor.h"
#include "gateway/message/ids.h"
#include "gateway/port/clock.h"

namespace purser::gateway {

/// A kind of document that answers another one. Acknowledgements may be asked for by sort.
struct Awaited {
  /// Of an acknowledgement. Stored: append, never renumber.
  enum class Sort : std::uint8_t {
    any = 0,
    technical = 1,  ///< about the syntax: CONTRL, 997, 999, TA1
    content = 2     ///< about the content: APERAK, 824
  };
  DocumentType type = DocumentType::none;
  Sort sort = Sort::any;
  friend auto operator<=>(const Awaited&, const Awaited&) = default;
  /// As it is stored.
  [[nodiscard]] std::int64_t number() const {
    return static_cast<std::int64_t>(type) + 1000 * static_cast<std::int64_t>(sort);
  }
  static Awaited from(std::int64_t number) {
    return {static_cast<DocumentType>(number % 1000), static_cast<Sort>(number / 1000)};
  }
};
/// "order_response", "technical_acknowledgement", "content_acknowledgement"; or by the name of a message:
/// "contrl", "997", "999", "ta1", "aperak", "824". Case does not matter.
std::optional<Awaited> parse_awaited(std::string_view name);
std::string name(const Awaited& awaited);
/// All names that parse_awaited takes, for the answer to one that it does not.
std::vector<std::string> awaited_names();

/// What a delivery's route asks for, before it is sent.
struct Expectation {
  DeliveryId delivery;
  MessageId message;
  Awaited awaited;
  std::string partner;             ///< only a document of this partner answers; empty: of any
  std::chrono::seconds within{0};  ///< from when the delivery has arrived
  /// Any of these in the answer makes it one: "order\x1fPO-1", "interchange\x1fRECIPIENT\x1fREFERENCE".
  std::vector<std::string> keys;
};

/// What a document that came in answers.
struct Acknowledges {
  std::vector<Awaited> as;
  std::vector<std::string> keys;  ///< as in Expectation
  bool refuses = false;           ///< the other side took nothing of it
};

/// Stored: append, never renumber.
enum class ExpectationState : std::uint8_t {
  waiting = 1,
  answered = 2,
  overdue = 3,  ///< nothing came in time: somebody has to ask
  refused = 4,  ///< the answer says no
  waived = 5    ///< a person said that nothing has to come
};
std::string_view name(ExpectationState state);
std::optional<ExpectationState> parse_expectation_state(std::string_view name);

}  // namespace purser::gateway
