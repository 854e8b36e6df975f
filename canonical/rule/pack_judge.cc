#include "canonical/rule/pack_judge.h"

#include "canonical/rule/packs.h"

namespace purser::rule {

PackJudge::PackJudge(std::vector<std::string> packs, Judge::FindingOutput findings)
    : packs_(std::move(packs)), findings_(std::move(findings)) {}

Outcome PackJudge::push(std::span<const Event> batch) {
  if (packs_.empty()) return {};
  while (!batch.empty()) {
    if (batch.front().kind == EventKind::begin_document) {
      auto program = program_for(packs_, static_cast<DocumentType>(batch.front().number));
      if (program != program_ || !judge_) {
        judge_.reset();
        program_ = std::move(program);
        if (program_) judge_ = std::make_unique<Judge>(*program_, findings_);
      }
    }
    std::size_t length = 1;
    while (length < batch.size() && batch[length].kind != EventKind::begin_document) ++length;
    if (judge_) {
      if (auto done = judge_->push(batch.first(length)); !done) return done;
    }
    batch = batch.subspan(length);
  }
  return {};
}

}  // namespace purser::rule
