// The functions behind the endpoints, one file a subject. Each answers its call once, now or later.
#pragma once

#include "gateway/api/api.h"
#include "gateway/api/endpoint.h"

namespace purser::gateway {

// submit.cc
void post_document(Api& api, Call call);
void post_webhook(Api& api, Call call);
void post_cxml(Api& api, Call call);
// documents.cc
void list_documents(Api& api, Call call);
void show_document(Api& api, Call call);
void show_timeline(Api& api, Call call);
void show_deliveries(Api& api, Call call);
void trace_key(Api& api, Call call);
// actions.cc
void replay_document(Api& api, Call call);
void park_document(Api& api, Call call);
void cancel_document(Api& api, Call call);
void release_delivery(Api& api, Call call);
// parked.cc
void list_parked(Api& api, Call call);
void list_parked_items(Api& api, Call call);
void release_parked(Api& api, Call call);
void release_message(Api& api, Call call);
void resubmit_document(Api& api, Call call);
// audit.cc
void list_audit(Api& api, Call call);
// administer.cc
void list_api_keys(Api& api, Call call);
void make_api_key_call(Api& api, Call call);
void rotate_api_key(Api& api, Call call);
void remove_api_key(Api& api, Call call);
void list_tenants(Api& api, Call call);
void put_tenant(Api& api, Call call);
void make_tenants_key(Api& api, Call call);
// sealing.cc
void list_data_keys(Api& api, Call call);
void rotate_data_key(Api& api, Call call);
void shred_tenant(Api& api, Call call);
// subscriptions.cc
void list_subscriptions(Api& api, Call call);
void make_subscription(Api& api, Call call);
void show_subscription(Api& api, Call call);
void put_subscription(Api& api, Call call);
void remove_subscription(Api& api, Call call);
void rotate_subscription(Api& api, Call call);
void test_subscription(Api& api, Call call);
void recover_subscription(Api& api, Call call);
void show_subscription_history(Api& api, Call call);
// expectations.cc
void list_expectations(Api& api, Call call);
void waive_expectation(Api& api, Call call);
// contents.cc
void show_canonical(Api& api, Call call);
void show_body(Api& api, Call call);
// translate.cc
void translate_document(Api& api, Call call);
// token.cc
void issue_token(Api& api, Call call);
void show_jwks(Api& api, Call call);
// openapi.cc
void show_openapi(Api& api, Call call);
// health.cc
void show_live(Api& api, Call call);
void show_ready(Api& api, Call call);
void show_metrics(Api& api, Call call);

/// A JSON answer with status 200.
Response json_response(std::string body);
/// The message an id in the path names, if it exists and the caller may see it; else answers 404.
std::optional<MessageView> visible_message(Api& api, Call& call, const DocumentRange& which = no_documents);

}  // namespace purser::gateway
