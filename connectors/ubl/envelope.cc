#include "connectors/ubl/envelope.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "connectors/table/held_syntax.h"
#include "connectors/ubl/format.h"

namespace purser::ubl {

namespace {

constexpr std::string_view header_name = "sbdh:StandardBusinessDocumentHeader";
constexpr std::string_view authority = "iso6523-actorid-upis";
constexpr std::string_view document_scheme = "busdox-docid-qns";
constexpr std::string_view process_scheme = "cenbii-procid-ubl";
constexpr std::string_view type_version = "2.1";  ///< of UBL, as Peppol's documents have it

struct Scope {
  std::string type, instance, scheme;
};

/// The header's values by their path below it, without prefixes: "Sender/Identifier",
/// "Sender/Identifier@Authority".
struct Header {
  std::map<std::string, std::string, std::less<>> values;
  std::vector<Scope> scopes;

  [[nodiscard]] std::string value(std::string_view path) const {
    const auto found = values.find(path);
    return found == values.end() ? std::string() : found->second;
  }
  Scope& scope(std::string_view type) {
    const auto found = std::ranges::find(scopes, type, &Scope::type);
    return found == scopes.end() ? scopes.emplace_back(Scope{std::string(type), {}, {}}) : *found;
  }
};

/// Takes the header that the table wrote apart.
class HeaderReading {
 public:
  void open(std::string_view name) {
    path_.push_back(std::string(name.substr(name.find(':') + 1)));
    if (path_.back() == "Scope") header.scopes.emplace_back();
  }
  void leaf(const map::LeafAddress& where, std::string_view text) {
    if (path_.size() > 2 && path_[path_.size() - 2] == "Scope") {
      auto& scope = header.scopes.back();
      (path_.back() == "Type"                 ? scope.type
       : path_.back() == "InstanceIdentifier" ? scope.instance
                                              : scope.scheme) = text;
      return;
    }
    std::string path;
    for (const auto& step : path_) path += (path.empty() ? "" : "/") + step;
    if (!where.name.empty()) path += "@" + std::string(where.name);
    header.values[path] = text;
  }
  void close() { path_.pop_back(); }

  Header header;

 private:
  std::vector<std::string> path_;
};

class Enveloping : public map::SyntaxSink {
 public:
  Enveloping(map::SyntaxSink& next, DocumentSink& notes, EnvelopeFacts facts)
      : next_(next), notes_(notes), facts_(std::move(facts)), held_(notes) {}

  Outcome open(std::string_view name, const Position& at) override {
    ++depth_;
    if (depth_ == 1) {
      message_ = name;
      return next_.open(name, at);
    }
    if (depth_ == 2) {
      in_header_ = name == header_name;
      if (in_header_) {
        if (!facts_.settings.enveloped)
          notes_.finding(make_finding("UBL-0008", at, "the header of the envelope is not written"));
        return {};
      }
      if (tells_nothing_more(name)) {
        if (auto done = give_header(at); !done) return done;
      }
      element_ = name;
    }
    if (in_header_) {
      reading_.open(name);
      return {};
    }
    return given_ ? next_.open(name, at) : held_.open(name, at);
  }

  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    if (depth_ == 1) return next_.leaf(where, text, at);
    if (in_header_) {
      if (depth_ > 2) reading_.leaf(where, text);
      return {};
    }
    if (depth_ == 2 && where.name.empty()) {
      if (element_ == "cbc:CustomizationID") customization_ = text;
      if (element_ == "cbc:ProfileID") profile_ = text;
    }
    return given_ ? next_.leaf(where, text, at) : held_.leaf(where, text, at);
  }

  Outcome close(const Position& at) override {
    const unsigned depth = depth_--;
    if (in_header_) {
      if (depth == 2) in_header_ = false;
      if (depth > 2) reading_.close();
      return {};
    }
    if (depth == 1) {
      if (auto done = give_header(at); !done) return done;
    }
    return given_ ? next_.close(at) : held_.close(at);
  }

 private:
  /// What the header needs of the document stands before its number.
  [[nodiscard]] bool tells_nothing_more(std::string_view name) const {
    return name == "cbc:ID" || name.starts_with("cac:") || !facts_.settings.enveloped;
  }

  Outcome give_header(const Position& at) {
    if (std::exchange(given_, true)) return {};
    if (facts_.settings.enveloped) {
      complete(at);
      if (auto done = write(at); !done) return done;
    }
    const auto done = held_.replay(next_);
    held_.clear();
    return done;
  }

  void complete(const Position& at) {
    const auto documents = format().documents;
    const auto document = std::ranges::find(documents, message_, &table::XmlDocument::message);
    const std::string root(document == documents.end() ? message_ : document->root);
    const std::string space(document == documents.end() ? "" : document->space);
    auto& header = reading_.header;
    const auto fill = [&header](std::string_view path, std::string_view value) {
      if (header.value(path).empty()) header.values[std::string(path)] = value;
    };
    address("Sender", facts_.settings.sender, at);
    address("Receiver", facts_.settings.recipient, at);
    fill("DocumentIdentification/Standard", space);
    fill("DocumentIdentification/TypeVersion", type_version);
    fill("DocumentIdentification/InstanceIdentifier", facts_.instance);
    fill("DocumentIdentification/Type", root);
    fill("DocumentIdentification/CreationDateAndTime", facts_.now);
    if (auto& scope = header.scope("DOCUMENTID"); scope.instance.empty() && !customization_.empty())
      scope = {"DOCUMENTID", space + "::" + root + "##" + customization_ + "::" + std::string(type_version),
               std::string(document_scheme)};
    if (auto& scope = header.scope("PROCESSID"); scope.instance.empty() && !profile_.empty())
      scope = {"PROCESSID", profile_, std::string(process_scheme)};
    if (!facts_.settings.country.empty())
      header.scope("COUNTRY_C1") = {"COUNTRY_C1", facts_.settings.country, {}};
    std::erase_if(header.scopes, [](const Scope& scope) { return scope.instance.empty(); });
  }

  void address(std::string_view side, const Participant& set, const Position& at) {
    const auto path = std::string(side) + "/Identifier";
    auto& values = reading_.header.values;
    if (!set.id.empty()) {
      values[path] = set.scheme.empty() ? set.id : set.scheme + ":" + set.id;
      values[path + "@Authority"] = authority;
    } else if (reading_.header.value(path).empty()) {
      notes_.finding(make_finding("UBL-0007", at, "nobody is named as " + std::string(side)));
    }
  }

  Outcome write(const Position& at) {
    static constexpr const char* contact[] = {"Contact", "EmailAddress", "FaxNumber", "TelephoneNumber",
                                              "ContactTypeIdentifier"};
    static constexpr const char* identification[] = {"Standard", "TypeVersion", "InstanceIdentifier", "Type",
                                                     "CreationDateAndTime"};
    Outcome done = begin(header_name, at);
    if (done) done = text("HeaderVersion", "1.0", {}, at);
    for (const std::string side : {"Sender", "Receiver"}) {
      if (done) done = begin("sbdh:" + side, at);
      if (done)
        done = text("Identifier", value(side + "/Identifier"), value(side + "/Identifier@Authority"), at);
      const auto person = side + "/ContactInformation/";
      if (done && !value(person + "Contact").empty()) done = part("ContactInformation", person, contact, at);
      if (done) done = next_.close(at);
    }
    if (done) done = part("DocumentIdentification", "DocumentIdentification/", identification, at);
    const auto& scopes = reading_.header.scopes;
    if (done && !scopes.empty()) done = begin("sbdh:BusinessScope", at);
    for (const Scope& scope : scopes) {
      if (done) done = begin("sbdh:Scope", at);
      if (done) done = text("Type", scope.type, {}, at);
      if (done) done = text("InstanceIdentifier", scope.instance, {}, at);
      if (done && !scope.scheme.empty()) done = text("Identifier", scope.scheme, {}, at);
      if (done) done = next_.close(at);
    }
    if (done && !scopes.empty()) done = next_.close(at);
    return done ? next_.close(at) : done;
  }

  Outcome part(std::string_view name, const std::string& path, std::span<const char* const> leaves,
               const Position& at) {
    Outcome done = begin("sbdh:" + std::string(name), at);
    for (const char* leaf : leaves) {
      const auto found = value(path + leaf);
      if (done && !found.empty()) done = text(leaf, found, {}, at);
    }
    return done ? next_.close(at) : done;
  }

  [[nodiscard]] std::string value(const std::string& path) const { return reading_.header.value(path); }
  Outcome begin(std::string_view name, const Position& at) { return next_.open(name, at); }
  Outcome text(std::string_view name, std::string_view value, std::string_view of, const Position& at) {
    if (auto done = next_.open("sbdh:" + std::string(name), at); !done) return done;
    if (!of.empty()) {
      if (auto done = next_.leaf({"Authority"}, of, at); !done) return done;
    }
    if (auto done = next_.leaf({}, value, at); !done) return done;
    return next_.close(at);
  }

  map::SyntaxSink& next_;
  DocumentSink& notes_;
  EnvelopeFacts facts_;
  HeaderReading reading_;
  table::HeldSyntax held_;  ///< of the document, until the header can be written
  std::string message_, element_, customization_, profile_;
  unsigned depth_ = 0;
  bool in_header_ = false;
  bool given_ = false;
};

}  // namespace

std::unique_ptr<map::SyntaxSink> write_envelope(map::SyntaxSink& next, DocumentSink& notes,
                                                EnvelopeFacts facts) {
  return std::make_unique<Enveloping>(next, notes, std::move(facts));
}

}  // namespace purser::ubl
