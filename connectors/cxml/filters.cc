#include "connectors/cxml/filters.h"

#include <utility>
#include <vector>

#include "connectors/cxml/language.h"
#include "connectors/cxml/portions.h"

namespace purser::cxml {
namespace {

/// Filters one before the other; keeps them. What comes goes to the one put in last.
class Chain : public map::SyntaxSink {
 public:
  explicit Chain(map::SyntaxSink& end) : front_(&end) {}
  [[nodiscard]] map::SyntaxSink& front() { return *front_; }
  void put_before(std::unique_ptr<map::SyntaxSink> filter) {
    front_ = filter.get();
    filters_.push_back(std::move(filter));
  }
  Outcome open(std::string_view name, const Position& at) override { return front_->open(name, at); }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    return front_->leaf(where, text, at);
  }
  Outcome close(const Position& at) override { return front_->close(at); }
  map::ElementSink* whole_elements() override { return front_->whole_elements(); }

 private:
  std::vector<std::unique_ptr<map::SyntaxSink>> filters_;
  map::SyntaxSink* front_;
};

}  // namespace

table::SyntaxFilter reading_filter(DocumentSink& notes) {
  return [&notes](map::SyntaxSink& next) {
    auto chain = std::make_unique<Chain>(next);
    chain->put_before(open_portions(chain->front(), notes));
    chain->put_before(read_header(chain->front(), notes));
    return chain;
  };
}

table::SyntaxFilter writing_filter(DocumentSink& notes, HeaderFacts facts) {
  return [&notes, facts = std::move(facts)](map::SyntaxSink& next) {
    auto chain = std::make_unique<Chain>(next);
    chain->put_before(write_languages(chain->front()));
    chain->put_before(close_portions(chain->front(), notes));
    chain->put_before(write_header(chain->front(), notes, facts));
    return chain;
  };
}

}  // namespace purser::cxml
