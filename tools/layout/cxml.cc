// Prints the layout of cXML messages from one of the DTDs that cxml.org publishes:
//   layout_cxml NAME VERSION FILE.dtd MESSAGE[:CONTENT]… > connectors/cxml/layout/NAME.layout
// Every message has a root of its own, cXML.MESSAGE, so that a table sees one message only: of Request,
// Message and Response it keeps the one child CONTENT (MESSAGE, where none is named). The connector opens
// that root.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tools/layout/dtd.h"

namespace {

using purser::layout::Dtd;
using purser::layout::DtdChild;
using purser::layout::DtdElement;

constexpr std::string_view containers[] = {"Request", "Message", "Response"};

/// Items that stand in portions, one for each order: the connector hands them out of their portion, with what
/// holds for all of it inside each (connectors/cxml/portions.h).
struct Portion {
  std::string_view name;
  std::vector<std::string_view> heads, items;
};
const Portion portions[] = {
    {"InvoiceDetailOrder",
     {"InvoiceDetailOrderInfo", "InvoiceDetailReceiptInfo", "InvoiceDetailShipNoticeInfo"},
     {"InvoiceDetailItem", "InvoiceDetailServiceItem"}},
    {"InvoiceDetailHeaderOrder", {"InvoiceDetailOrderInfo"}, {"InvoiceDetailOrderSummary"}},
    {"ShipNoticePortion", {"OrderReference"}, {"ShipNoticeItem"}},
    {"ReceiptOrder", {"ReceiptOrderInfo"}, {"ReceiptItem"}},
};

/// Elements that the connector completes when writing, so that a table need not fill them
/// (connectors/cxml/header.h).
constexpr std::string_view completed[] = {"Header", "From", "To", "Sender"};

struct Message {
  std::string name;
  std::string content;
  std::string container;
};

char cardinality(const DtdChild& child) {
  if (child.many) return child.required ? '+' : '*';
  return child.required ? '1' : '?';
}

class Printer {
 public:
  explicit Printer(const Dtd& dtd) : dtd_(dtd) {}

  void message(const Message& message) {
    fmt::print("\ntype cXML.{}\n", message.name);
    attributes(*dtd_.find("cXML"), message.container != "Response");
    if (message.container != "Response") child({"Header", false, false});
    if (message.container != "Response") {  // see connectors/cxml/tables/common.map
      fmt::print("  {:<38} ?  : From\n  {:<38} ?  : To\n", "From", "To");
    }
    fmt::print("  {:<38} 1  : {}.{}\n", message.container, message.container, message.name);
    fmt::print("  {:<38} *  : Signature\n", "ds:Signature");
    fmt::print("\ntype {}.{}\n", message.container, message.name);
    const auto& container = *dtd_.find(message.container);
    attributes(container);
    for (const auto& each : container.children) {
      if (each.name == "Status" || each.name == message.content) child(each);
    }
  }

  /// Every type that was named, and those they name.
  void types() {
    fmt::print("\ntype Signature any\n");
    while (!open_.empty()) {
      const std::string name = *open_.begin();
      open_.erase(name);
      if (done_.insert(name).second) type(name, *dtd_.find(name));
    }
  }

 private:
  static void attributes(const DtdElement& element, bool optional = false) {
    for (const auto& each : element.attributes) {
      const bool filled = optional || each.name == "xml:lang";  // connectors/cxml/language.h
      fmt::print("  {:<38} {}{}{}\n", "@" + each.name, each.required && !filled ? '1' : '?',
                 each.values.empty() ? "" : "  = ", fmt::join(each.values, " "));
    }
  }

  void portion(const Portion& portion) {
    for (const auto head : portion.heads) {
      if (headed_.insert(head).second) child({std::string(head), false, false});  // for items that have none
    }
    child({std::string(portion.name), false, true});
    for (const auto item : portion.items) {
      child({std::string(item), false, true});
      heads_[std::string(item)] = &portion;
    }
  }

  void child(const DtdChild& each) {
    const auto* element = dtd_.find(each.name);
    const bool plain =
        element == nullptr || (element->children.empty() && element->attributes.empty() && !element->any);
    fmt::print("  {:<38} {}{}\n", each.name, cardinality(each), plain ? "" : "  : " + each.name);
    if (!plain) open_.insert(each.name);
  }

  void type(const std::string& name, const DtdElement& element) {
    const bool text = element.text && !element.children.empty();
    fmt::print("\ntype {}{}\n", name, element.any ? " any" : text ? " text" : "");
    attributes(element);
    if (const auto found = heads_.find(name); found != heads_.end()) {
      for (const auto head : found->second->heads) child({std::string(head), false, false});
    }
    const bool filled = std::ranges::find(completed, name) != std::end(completed);
    for (auto each : element.children) {
      const auto parted = std::ranges::find(portions, each.name, &Portion::name);
      each.required = each.required && !filled;
      if (parted != std::end(portions)) {
        portion(*parted);
      } else if (!each.name.contains(':')) {
        child(each);
      }
    }
  }

  const Dtd& dtd_;
  std::map<std::string, const Portion*> heads_;  ///< of items, once their portion has been printed
  std::set<std::string_view> headed_;            ///< heads the messages have at their own level
  std::set<std::string> open_, done_;
};

int run(const std::string& name, const std::string& version, const std::string& file,
        std::vector<Message> messages) {
  Dtd dtd;
  if (const auto problem = dtd.read(file)) {
    fmt::print(stderr, "{}\n", *problem);
    return 1;
  }
  for (auto& message : messages) {
    for (const auto container : containers) {
      const auto* element = dtd.find(std::string(container));
      if (element != nullptr &&
          std::ranges::find(element->children, message.content, &DtdChild::name) != element->children.end()) {
        message.container = container;
      }
    }
    if (message.container.empty()) {
      fmt::print(stderr, "no {} in {}\n", message.content, file);
      return 1;
    }
  }
  fmt::print(
      "# Made by tools/layout/cxml.cc from the DTD of cXML {}. Do not edit.\n"
      "# Elements in the standard's order: 1 once, ? at most once, + at least once, * any number. From and "
      "To are\n"
      "# the Header's; the connector hands them to the table once more, so that they can be read as "
      "parties.\n\n"
      "layout xml {} {}\nnamespace ds http://www.w3.org/2000/09/xmldsig#\n",
      version, name, version);
  for (const auto& message : messages) fmt::print("root cXML.{}\n", message.name);
  Printer printer(dtd);
  for (const auto& message : messages) printer.message(message);
  printer.types();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int first_message = 4;
  if (argc <= first_message) {
    fmt::print(stderr, "usage: layout_cxml NAME VERSION FILE.dtd MESSAGE[:CONTENT]...\n");
    return 2;
  }
  std::vector<Message> messages;
  for (int i = first_message; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto colon = argument.find(':');
    messages.push_back(
        {argument.substr(0, colon), colon == std::string::npos ? argument : argument.substr(colon + 1), {}});
  }
  return run(argv[1], argv[2], argv[3], std::move(messages));
}
