// What the runs of the crash matrix have in common: how many documents, what is checked, the table they write.
#pragma once

#include <cstddef>
#include <string>

#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {

/// PURSER_CRASH_DOCUMENTS if it is set: more than the suite has time for.
int documents_of_a_run(int in_the_suite);

/// In each lane the deliveries were booked in the order in which they were planned: their ids grow.
void expect_order(Receiver& receiver);

/// Receivers that are the fault themselves.
Receiver::Reply answer_late(const Receiver::Request& request);
Receiver::Reply drop_the_connection(const Receiver::Request& request);

/// One line of the table. Appended to crash_matrix.md in the build folder; `tests/scenario/crash/update-page` puts
/// the last line of each fault into docs/reliability.md.
struct MatrixRow {
  std::string fault, what, journal;
  int nodes = 1;
  int accepted = 0;
  std::size_t booked = 0, again = 0;
};
void write_row(const MatrixRow& row);
/// docs/reliability.md.
std::string page();

}  // namespace purser::gateway
