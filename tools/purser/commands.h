// The functions behind the table in table.cc, one file a subject.
#pragma once

#include "tools/purser/command.h"

namespace purser::cli {

int serve_command(const Arguments& arguments);              // serve.cc
int receive_command(const Arguments& arguments);            // receive.cc
int read_command(const Arguments& arguments);               // read.cc
int check_command(const Arguments& arguments);              // read.cc
int write_command(const Arguments& arguments);              // write.cc
int documents_command(const Arguments& arguments);          // documents.cc
int show_command(const Arguments& arguments);               // show.cc
int trace_command(const Arguments& arguments);              // trace.cc
int parked_command(const Arguments& arguments);             // parked.cc
int release_command(const Arguments& arguments);            // parked.cc
int replay_command(const Arguments& arguments);             // parked.cc
int park_command(const Arguments& arguments);               // parked.cc
int cancel_command(const Arguments& arguments);             // parked.cc
int expected_command(const Arguments& arguments);           // expected.cc
int resubmit_command(const Arguments& arguments);           // resubmit.cc
int connector_list_command(const Arguments& arguments);     // connector.cc
int connector_inspect_command(const Arguments& arguments);  // connector.cc
int connector_check_command(const Arguments& arguments);    // connector.cc
int connector_new_command(const Arguments& arguments);      // connector.cc
int map_check_command(const Arguments& arguments);          // map.cc
int map_explain_command(const Arguments& arguments);        // map.cc
int map_loss_command(const Arguments& arguments);           // map.cc
int map_doc_command(const Arguments& arguments);            // map.cc
int config_check_command(const Arguments& arguments);       // config.cc
int config_show_command(const Arguments& arguments);        // config.cc
int key_new_command(const Arguments& arguments);            // config.cc
int key_ca_command(const Arguments& arguments);             // certificate.cc
int key_list_command(const Arguments& arguments);           // administer.cc
int key_rotate_command(const Arguments& arguments);         // administer.cc
int key_revoke_command(const Arguments& arguments);         // administer.cc
int tenant_list_command(const Arguments& arguments);        // administer.cc
int tenant_set_command(const Arguments& arguments);         // administer.cc
int tenant_keys_command(const Arguments& arguments);        // sealing.cc
int tenant_rotate_command(const Arguments& arguments);      // sealing.cc
int tenant_shred_command(const Arguments& arguments);       // sealing.cc
int webhook_list_command(const Arguments& arguments);       // webhook.cc
int webhook_new_command(const Arguments& arguments);        // webhook.cc
int webhook_remove_command(const Arguments& arguments);     // webhook.cc
int webhook_enable_command(const Arguments& arguments);     // webhook.cc
int webhook_rotate_command(const Arguments& arguments);     // webhook.cc
int webhook_test_command(const Arguments& arguments);       // webhook.cc
int webhook_recover_command(const Arguments& arguments);    // webhook.cc
int webhook_history_command(const Arguments& arguments);    // webhook.cc
int verify_jwt_command(const Arguments& arguments);         // verify.cc
int verify_jws_command(const Arguments& arguments);         // verify.cc
int verify_signature_command(const Arguments& arguments);   // verify.cc
int verify_webhook_command(const Arguments& arguments);     // verify.cc
int secret_key_command(const Arguments& arguments);         // secret.cc
int secret_set_command(const Arguments& arguments);         // secret.cc
int secret_list_command(const Arguments& arguments);        // secret.cc
int secret_remove_command(const Arguments& arguments);      // secret.cc
int secret_rekey_command(const Arguments& arguments);       // secret.cc
int secret_rotate_master_command(const Arguments& arguments);  // sealing.cc
int audit_list_command(const Arguments& arguments);            // audit_list.cc
int audit_verify_command(const Arguments& arguments);       // audit.cc
int audit_checkpoint_command(const Arguments& arguments);   // audit.cc
int audit_prove_command(const Arguments& arguments);        // audit.cc
int verify_history_command(const Arguments& arguments);     // audit.cc
int journal_check_command(const Arguments& arguments);      // journal.cc
int journal_compact_command(const Arguments& arguments);    // compact.cc
int journal_backup_command(const Arguments& arguments);     // journal.cc
int journal_export_command(const Arguments& arguments);     // journal.cc
int journal_import_command(const Arguments& arguments);     // journal.cc
int journal_migrate_command(const Arguments& arguments);    // journal.cc
int openapi_command(const Arguments& arguments);            // about.cc
int complete_command(const Arguments& arguments);       // complete_command.cc: what follows from an invoice's lines
int rules_command(const Arguments& arguments);          // rules.cc: what documents are judged by
bool is_rule(std::string_view id);                      // rules.cc
int explain_command(const Arguments& arguments);            // about.cc: what a finding code means
int completion_command(const Arguments& arguments);         // about.cc
int manual_command(const Arguments& arguments);             // about.cc

}  // namespace purser::cli
