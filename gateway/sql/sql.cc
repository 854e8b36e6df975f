#include "gateway/sql/sql.h"

namespace purser::gateway {

Status SqlError::status() const {
  if (fault_ == SqlFault::defect) return {StatusClass::defect, "JOURNAL-0005", what()};
  if (fault_ == SqlFault::damaged) return {StatusClass::defect, "JOURNAL-0004", what()};
  return {StatusClass::unavailable, "JOURNAL-0002", what()};
}

void Database::do_post(const char* sql, Parameters parameters) { do_run(sql, parameters); }

void Database::do_insert(const char* sql, Parameters parameters) { do_post(sql, parameters); }
void Database::do_change(const char* sql, Parameters parameters) { do_post(sql, parameters); }

Ticket Database::do_ask(const char*, Parameters) { return {}; }

Rows Database::do_answer(Ticket) { throw SqlError(SqlFault::defect, "nothing was asked ahead"); }

}  // namespace purser::gateway
