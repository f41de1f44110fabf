#pragma once

#include <cstdint>

#include <QString>

namespace quarterdeck::ui {

/// Share of what can be allocated; 0 where nothing can.
[[nodiscard]] double requestedShare(std::int64_t requested, std::int64_t allocatable);

/// Quantities as the person's language writes them.
/// @{
[[nodiscard]] QString plain(std::int64_t count);
[[nodiscard]] QString cores(std::int64_t milli);          ///< "2.1"
[[nodiscard]] QString coresWithUnit(std::int64_t milli);  ///< "4 cores"
[[nodiscard]] QString gibibytes(std::int64_t bytes);      ///< "3.5"
[[nodiscard]] QString memory(std::int64_t bytes);         ///< "16 Gi", binary units as Kubernetes has them
[[nodiscard]] QString cpuText(std::int64_t milli);        ///< "100 m", "1.5": cores or thousandths of one
[[nodiscard]] QString bytesText(std::int64_t bytes);      ///< "256 Mi", "1.5 Gi", in the unit that fits
/// @}

}  // namespace quarterdeck::ui
