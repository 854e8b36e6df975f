// What a decoder produces: documents as events, with their findings and losses in the same order.
#pragma once

#include "canonical/event/event.h"
#include "canonical/finding/finding.h"
#include "canonical/finding/loss.h"

namespace purser {

/// An EventSink that also takes findings and losses. Each belongs to the document whose begin_document was
/// pushed last (also after its end_document, until the next begins); before the first, to the file.
class DocumentSink : public EventSink {
 public:
  virtual void finding(Finding finding) = 0;
  virtual void loss(Loss loss) = 0;
};

}  // namespace purser
