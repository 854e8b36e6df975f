// Lets an exception cross the line.
#include <stdexcept>

#include "tests/plugins/broken/broken.h"

namespace {

purser_status decode(purser_instance* /*instance*/, const purser_request* /*request*/,
                     const purser_source* /*source*/, const purser_sink* /*sink*/) {
  return PURSER_OK;
}

purser_status create(const purser_host* /*host*/, const purser_sink* /*sink*/, purser_instance** /*out*/) {
  throw std::runtime_error("thrown in create");
}

}  // namespace

BROKEN_CONNECTOR(create, decode)
