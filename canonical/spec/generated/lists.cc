// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
}

namespace purser {

std::span<const CodeList* const> code_lists() {
  static constexpr const CodeList* all[] = {
      &spec::list_eas,
      &spec::list_icd,
      &spec::list_iso3166_1,
      &spec::list_iso4217,
      &spec::list_unece_rec20,
      &spec::list_unece_rec21,
      &spec::list_untdid1001,
      &spec::list_untdid1153,
      &spec::list_untdid2005,
      &spec::list_untdid2005kinds,
      &spec::list_untdid4343,
      &spec::list_untdid4451,
      &spec::list_untdid4461,
      &spec::list_untdid5025,
      &spec::list_untdid5153,
      &spec::list_untdid5189,
      &spec::list_untdid5305,
      &spec::list_untdid6063,
      &spec::list_untdid7143,
      &spec::list_untdid7161,
      &spec::list_vatex,
  };
  return all;
}

}  // namespace purser
