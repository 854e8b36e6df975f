#include "connectors/reader/x12_reader.h"

namespace purser::x12 {
namespace {

// Remembers the first headers and stops there.
class PeekHandler : public InterchangeHandler {
 public:
  Outcome begin_interchange(const Interchange& interchange) override {
    if (!peek) peek = Peek{interchange, {}, {}};
    return {};
  }
  Outcome begin_group(const Interchange&, const Group& group) override {
    if (peek) peek->group = group;
    return {};
  }
  std::expected<map::SyntaxSink*, Status> begin_transaction(const Interchange&, const Group*,
                                                            const Transaction& transaction) override {
    if (peek) peek->transaction = transaction;
    return std::unexpected(enough());
  }
  Outcome end_transaction(const Transaction&, const TransactionEnd&) override { return {}; }
  Outcome end_group(const Group&, const GroupEnd&) override { return std::unexpected(enough()); }
  Outcome end_interchange(const Interchange&, const InterchangeEnd&) override {
    return std::unexpected(enough());
  }
  void finding(Finding) override {}

  std::optional<Peek> peek;

 private:
  static Status enough() { return Status{StatusClass::invalid, {}, "enough"}; }
};

}  // namespace

std::optional<Peek> peek(std::string_view head) {
  constexpr std::string_view wide("I\0S\0A", 5);  // in UTF-16
  if (head.find("ISA") == std::string_view::npos && head.find(wide) == std::string_view::npos)
    return std::nullopt;
  reader::MemorySource source(head);
  PeekHandler handler;
  // How it ends does not matter: the head is cut anywhere.
  static_cast<void>(read(source, handler, {}));
  return handler.peek;
}

}  // namespace purser::x12
