#include "connectors/table/gate.h"

#include <utility>

namespace purser::table {

Outcome DocumentGate::push(std::span<const Event> batch) {
  if (begun_ || batch.empty()) return out_.push(batch);
  begun_ = any_ = true;  // the first event of a decoder is begin_document
  if (waiting_.empty()) return out_.push(batch);
  if (auto done = out_.push(batch.first(1)); !done) return done;
  flush();
  return batch.size() > 1 ? out_.push(batch.subspan(1)) : Outcome{};
}

void DocumentGate::finding(Finding finding) {
  if (begun_) {
    out_.finding(std::move(finding));
  } else if (waiting_.size() < Report::max_findings) {
    waiting_.push_back(std::move(finding));
  }
}

void DocumentGate::flush() {
  for (Finding& finding : waiting_) out_.finding(std::move(finding));
  waiting_.clear();
}

}  // namespace purser::table
