// The C entry of a connector written against connector.h. Authors use the macro only.
#pragma once

#include "plugins/sdk/connector.h"

namespace purser::sdk {

/// Makes the connector of one class; findings about settings and tables go to the sink.
using CreateFunction = Created (*)(const Host& host, DocumentSink& notes);

/// Holds the C structs that describe a connector. One static object in each connector.
class Entry {
 public:
  Entry(Description description,
        purser_status (*create)(const purser_host*, const purser_sink*, purser_instance**));
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;
  ~Entry();
  [[nodiscard]] const purser_connector* table() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// The C side of create(): runs `make` behind the exception barrier.
purser_status create_instance(CreateFunction make, const purser_host* host, const purser_sink* sink,
                              purser_instance** out);

template <class C>
purser_status create_instance_of(const purser_host* host, const purser_sink* sink, purser_instance** out) {
  return create_instance(&C::create, host, sink, out);
}

}  // namespace purser::sdk

/// Exports the connector `Class` (see connector.h). Once in each shared library.
#define PURSER_CONNECTOR(Class)                                                                        \
  extern "C" PURSER_EXPORT const purser_connector* purser_connector_entry(void) {                      \
    static const purser::sdk::Entry entry(Class::describe(), &purser::sdk::create_instance_of<Class>); \
    return entry.table();                                                                              \
  }
