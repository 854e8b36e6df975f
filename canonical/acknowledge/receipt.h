// What was received, and the technical acknowledgement that answers it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/finding/finding.h"
#include "canonical/model/generated/acknowledgement.h"

namespace purser::acknowledge {

/// UNB, ISA.
struct InterchangeFacts {
  std::string reference;
  model::Identifier sender, recipient;
};
/// UNG, GS.
struct GroupFacts {
  std::string reference, type, version;
  model::Identifier sender, recipient;
};
/// UNH, ST.
struct MessageFacts {
  std::string reference, type, version, release, agency, association;
  Position at;       ///< of the header segment
  bool read = true;  ///< false: passed over, nobody has its content
};

/// Remembers one interchange while it is read: its groups, its messages, and what was found in each. Gives
/// the acknowledgement as a function of that; statuses are accepted, accepted_with_errors (warnings only),
/// partially_accepted and rejected. Bounded: accepted messages beyond max_messages are only counted, a
/// rejected one beyond it rejects all. [serial]
class Receipt {
 public:
  /// Messages named one by one; some 200 bytes each. Beyond that a sender is answered as a whole.
  static constexpr std::size_t max_messages = 100'000;
  /// Errors of one message, as many as a report keeps findings.
  static constexpr std::size_t max_errors = Report::max_findings;
  /// Segments of one message whose tags are remembered; later errors are told by position alone.
  static constexpr std::size_t max_tags = 65'536;

  explicit Receipt(InterchangeFacts facts) : interchange_(std::move(facts)) {}

  void begin_group(GroupFacts facts);
  /// `stated` is the trailer's count, where there is one.
  void end_group(std::optional<std::int64_t> stated = {});
  void begin_message(MessageFacts facts);
  /// Each segment of the open message in order, its header first; names the segments of findings.
  void segment(std::string_view tag);
  /// Belongs to the header or trailer it names, else to the open message, else to the interchange.
  void finding(const Finding& finding);
  void end_message();

  /// About the whole interchange (CONTRL, TA1). `today` is the day it is issued.
  [[nodiscard]] model::Acknowledgement of_interchange(const Date& today) const;
  /// About each functional group (997, 999), in order.
  [[nodiscard]] std::vector<model::Acknowledgement> of_groups(const Date& today) const;

 private:
  using Errors = std::vector<model::AcknowledgedError>;
  struct Message {
    MessageFacts facts;
    std::size_t group = 0;  ///< index + 1; 0: none
    bool rejected = false;
    Errors control, errors;
    std::size_t told = 0;  ///< errors, those inside segments included
  };
  struct Group {
    GroupFacts facts;
    std::optional<std::int64_t> stated;
    std::int64_t received = 0, accepted = 0;
    bool rejected = false;
    Errors control;
  };

  void add_to_body(Message& message, const Finding& finding, std::string_view key);
  [[nodiscard]] std::string_view tag_at(std::size_t position) const;
  [[nodiscard]] model::Acknowledgement head(const Date& today) const;
  void add_messages(model::Acknowledgement& answer, std::size_t group, bool all) const;

  InterchangeFacts interchange_;
  Errors control_;
  bool rejected_ = false;
  std::int64_t received_ = 0, accepted_ = 0;
  std::vector<Group> groups_;
  bool in_group_ = false;
  std::vector<Message> messages_;
  std::optional<Message> open_;
  std::vector<std::array<char, 3>> tags_;
};

}  // namespace purser::acknowledge
