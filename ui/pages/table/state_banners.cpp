#include "ui/pages/table/state_banners.h"

#include <QVBoxLayout>

#include "app/kube/errors.h"
#include "ui/text/error_text.h"
#include "widgets/banner.h"

namespace quarterdeck::ui {

using kube::FreshnessState;

namespace {

/// Beyond this many the page would be all banners; the freshness pill lists every context.
constexpr std::size_t kMaxBanners = 3;

}  // namespace

StateBanners::StateBanners(QWidget* parent) : QWidget(parent) {
    layout_ = new QVBoxLayout(this);
    layout_->setContentsMargins(16, 0, 16, 8);
    layout_->setSpacing(8);
    hide();
}

widgets::Banner* StateBanners::banner(std::size_t index) {
    while (banners_.size() <= index) {
        auto* one = new widgets::Banner(this);
        one->setObjectName(QStringLiteral("banner.%1").arg(banners_.size()));
        connect(one, &widgets::Banner::actionTriggered, this, &StateBanners::retryRequested);
        layout_->addWidget(one);
        banners_.push_back(one);
    }
    return banners_[index];
}

void StateBanners::show(const std::vector<ContextFreshness>& parts, ZoneChoice zone) {
    QStringList sentences;
    std::size_t used = 0;
    std::size_t more = 0;
    for (const ContextFreshness& part : parts) {
        const kube::Freshness& freshness = part.freshness;
        const QString context = fromUtf8(part.context);
        QString sentence;
        QString icon;
        widgets::Tone tone = stateTone(freshness.state);
        switch (freshness.state) {
            case FreshnessState::Stale:
                sentence = tr("%1 is stale: last true at %2").arg(context, clockTime(freshness.since, zone));
                icon = QStringLiteral("unplug");
                break;
            case FreshnessState::Forbidden:
                sentence = tr("%1 is missing: you may not list this there").arg(context);
                icon = QStringLiteral("lock");
                break;
            case FreshnessState::Failed:
                sentence = tr("%1 is missing: it could not be loaded").arg(context);
                break;
            case FreshnessState::Live:
            case FreshnessState::Empty:
                if (!freshness.reason) {
                    continue;
                }
                sentence = freshness.reason->is(kube::kPolled) ? tr("%1 is read now and then").arg(context)
                                                               : tr("%1 is shown in part").arg(context);
                tone = widgets::Tone::Info;
                break;
            case FreshnessState::Loading:
                continue;
        }
        if (used == kMaxBanners) {
            ++more;
            continue;
        }
        widgets::Banner* one = banner(used++);
        one->setTone(tone);
        one->setIconName(icon);
        one->setSentence(sentence);
        one->setReason(freshness.reason ? errorText(*freshness.reason) : QString());
        const bool retryHelps = tone != widgets::Tone::Info && freshness.state != FreshnessState::Forbidden;
        one->setAction(retryHelps ? tr("Retry") : QString(), retryHelps ? QStringLiteral("refresh-cw") : QString());
        one->show();
        sentences += sentence;
    }
    if (more > 0 && used > 0) {
        sentences.last() += tr(" (and %n more contexts)", nullptr, static_cast<int>(more));
        banner(used - 1)->setSentence(sentences.last());
    }
    for (std::size_t i = used; i < banners_.size(); ++i) {
        banners_[i]->hide();
    }
    sentences_ = sentences;
    setVisible(used > 0);
}

void StateBanners::clear() {
    show({}, ZoneChoice::Utc);
}

}  // namespace quarterdeck::ui
