#pragma once

namespace quarterdeck::widgets {

// Whether a D-Bus session bus may exist. Without its address or socket Qt would try to start one, which takes time.
bool sessionBusMayExist();

}  // namespace quarterdeck::widgets
