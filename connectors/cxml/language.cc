#include "connectors/cxml/language.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace purser::cxml {
namespace {

/// Elements with xml:lang #REQUIRED in the DTDs, as far as tables write them.
constexpr std::string_view worded[] = {"Description",   "ExemptReason", "Name",
                                       "PackagingCode", "ServiceLevel", "TaxLocation"};

class Languages : public map::SyntaxSink {
 public:
  explicit Languages(map::SyntaxSink& next) : next_(next) {}

  Outcome open(std::string_view name, const Position& at) override {
    if (auto done = complete(at); !done) return done;
    wanted_ = std::ranges::find(worded, name) != std::end(worded);
    ++depth_;
    return next_.open(name, at);
  }

  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    if (where.name.empty()) {
      if (auto done = complete(at); !done) return done;
    } else if (where.name == "xml:lang") {
      wanted_ = false;
      if (depth_ == 1) language_ = text;
    }
    return next_.leaf(where, text, at);
  }

  Outcome close(const Position& at) override {
    if (auto done = complete(at); !done) return done;
    --depth_;
    return next_.close(at);
  }

 private:
  /// The open element's attributes are over.
  Outcome complete(const Position& at) {
    if (!wanted_) return {};
    wanted_ = false;
    return next_.leaf({"xml:lang"}, language_, at);
  }

  map::SyntaxSink& next_;
  std::string language_ = "en";
  unsigned depth_ = 0;
  bool wanted_ = false;  ///< the open element needs a language and has none yet
};

}  // namespace

std::unique_ptr<map::SyntaxSink> write_languages(map::SyntaxSink& next) {
  return std::make_unique<Languages>(next);
}

}  // namespace purser::cxml
