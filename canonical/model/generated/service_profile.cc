// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/service_profile.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess offered_service_fields[] = {
    {offsetof(OfferedService, name), nullptr},
    {offsetof(OfferedService, url), nullptr},
    {offsetof(OfferedService, options), &access_attribute},
};

constexpr FieldAccess service_profile_fields[] = {
    {offsetof(ServiceProfile, number), nullptr},
    {offsetof(ServiceProfile, issue_date), nullptr},
    {offsetof(ServiceProfile, issue_time), nullptr},
    {offsetof(ServiceProfile, note), &access_note},
    {offsetof(ServiceProfile, envelope), &access_envelope},
    {offsetof(ServiceProfile, question), nullptr},
    {offsetof(ServiceProfile, status_code), nullptr},
    {offsetof(ServiceProfile, status_text), nullptr},
    {offsetof(ServiceProfile, status_language), nullptr},
    {offsetof(ServiceProfile, status_detail), nullptr},
    {offsetof(ServiceProfile, effective_date), nullptr},
    {offsetof(ServiceProfile, effective_time), nullptr},
    {offsetof(ServiceProfile, refresh_date), nullptr},
    {offsetof(ServiceProfile, refresh_time), nullptr},
    {offsetof(ServiceProfile, options), &access_attribute},
    {offsetof(ServiceProfile, services), &access_offered_service},
    {offsetof(ServiceProfile, extensions), &access_extension},
};

}  // namespace

const GroupAccess access_offered_service = group_access<OfferedService>(spec::group_offered_service, offered_service_fields);

const DocumentAccess& access(const ServiceProfile*) {
  static constexpr DocumentAccess tables{DocumentType::service_profile, service_profile_fields};
  return tables;
}

}  // namespace purser::model
