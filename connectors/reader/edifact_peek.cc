#include "connectors/reader/edifact_reader.h"

namespace purser::edifact {
namespace {

// Remembers the first headers and stops there.
class PeekHandler : public InterchangeHandler {
 public:
  Outcome begin_interchange(const Interchange& interchange) override {
    if (!peek) peek = Peek{interchange, {}};
    return {};
  }
  std::expected<map::SyntaxSink*, Status> begin_message(const Interchange&, const Group*,
                                                        const Message& message) override {
    if (peek) peek->message = message;
    return std::unexpected(Status{StatusClass::invalid, {}, "enough"});
  }
  Outcome end_message(const Message&, const MessageEnd&) override { return {}; }
  Outcome end_interchange(const Interchange&, const InterchangeEnd&) override {
    return std::unexpected(Status{StatusClass::invalid, {}, "enough"});
  }
  void finding(Finding) override {}

  std::optional<Peek> peek;
};

}  // namespace

std::optional<Peek> peek(std::string_view head) {
  reader::MemorySource source(head);
  PeekHandler handler;
  // How it ends does not matter: the head is cut anywhere.
  static_cast<void>(read(source, handler, {}));
  return handler.peek;
}

}  // namespace purser::edifact
