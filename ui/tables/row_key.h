#pragma once

#include <string_view>

#include <QString>

#include "app/kube/object.h"
#include "ui/text/error_text.h"

namespace quarterdeck::ui {

/// Identity of a row as views carry it (UidRole): one cluster may be open through two contexts.
[[nodiscard]] inline QString rowKey(const kube::ContextId& context, const kube::Uid& uid) {
    return fromUtf8(context) + QLatin1Char('/') + fromUtf8(uid);
}

struct RowIdentity {
    kube::ContextId context;
    kube::Uid uid;
};

/// The other way; a context's name may hold slashes, a uid does not.
[[nodiscard]] inline RowIdentity readRowKey(const QString& key) {
    const qsizetype slash = key.lastIndexOf(QLatin1Char('/'));
    return slash < 0 ? RowIdentity{} : RowIdentity{key.left(slash).toStdString(), key.mid(slash + 1).toStdString()};
}

}  // namespace quarterdeck::ui
