// Documents of a file that holds several, each with its findings.
#pragma once

#include <vector>

#include "canonical/event/document_sink.h"

namespace purser::table {

/// Forwards what a decoder gives. Findings that come before its document has begun wait for it, so that they
/// belong to it and not to the one before. [serial]
class DocumentGate : public DocumentSink {
 public:
  explicit DocumentGate(DocumentSink& out) : out_(out) {}
  /// The next decoder begins: no document yet.
  void next_document() { begun_ = false; }
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override;
  void loss(Loss loss) override { out_.loss(std::move(loss)); }
  /// Hands over what still waits: findings of a decoder that gave no document.
  void flush();
  /// True once any document has begun.
  [[nodiscard]] bool any_document() const { return any_; }

 private:
  DocumentSink& out_;
  std::vector<Finding> waiting_;
  bool begun_ = true;
  bool any_ = false;
};

}  // namespace purser::table
