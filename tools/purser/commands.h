// The functions behind the table in table.cc, one file a subject.
#pragma once

#include "tools/purser/command.h"

namespace purser::cli {

int serve_command(const Arguments& arguments);       // serve.cc
int completion_command(const Arguments& arguments);  // about.cc
int manual_command(const Arguments& arguments);      // about.cc
int explain_command(const Arguments& arguments);     // about.cc: what a finding code means

}  // namespace purser::cli
