// A request's body as it arrives: in memory first, in a file when it grows. Fits Beast's Body requirements.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional/optional.hpp>

#include "gateway/intake/http_front.h"

namespace purser::gateway {

/// Collects a body. Not thread safe.
class Spool {
 public:
  Spool() = default;
  Spool(Spool&& other) noexcept;
  Spool& operator=(Spool&& other) noexcept;
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool();

  void expect(const std::string& folder, std::uint64_t threshold) {
    folder_ = &folder;
    threshold_ = threshold;
  }
  void reserve(std::uint64_t length);
  /// False if the file cannot be written (disk full).
  bool put(std::span<const char> piece);
  Body take();

 private:
  bool open_file();
  bool write_all(std::span<const char> piece) const;

  Body body_;
  int file_ = -1;
  const std::string* folder_ = nullptr;
  std::uint64_t threshold_ = 0;
};

struct SpoolBody {
  using value_type = Spool;

  class reader {
   public:
    template <bool isRequest, class Fields>
    explicit reader(boost::beast::http::header<isRequest, Fields>& /*head*/, value_type& spool)
        : spool_(spool) {}

    void init(const boost::optional<std::uint64_t>& length, boost::beast::error_code& error) {
      error = {};
      if (length) spool_.reserve(*length);
    }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, boost::beast::error_code& error) {
      std::size_t taken = 0;
      for (auto buffer : boost::beast::buffers_range_ref(buffers)) {
        if (!spool_.put({static_cast<const char*>(buffer.data()), buffer.size()})) {
          error = boost::beast::http::error::buffer_overflow;
          return taken;
        }
        taken += buffer.size();
      }
      error = {};
      return taken;
    }
    void finish(boost::beast::error_code& error) { error = {}; }

   private:
    value_type& spool_;
  };
};

}  // namespace purser::gateway
