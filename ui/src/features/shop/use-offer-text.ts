import { useI18n } from 'vue-i18n';
import type { Offer } from '../../building/offers.ts';
import { useReasonText } from '../../building/use-situation.ts';

/** What the tip of an offer says: why it cannot be bought, what it does, and what it links to. */
export function useOfferText(): (offer: Offer) => string {
  const { t } = useI18n({ useScope: 'global' });
  const reasonText = useReasonText();
  return ({ entry, sale }) => {
    const reason = sale.state === 'for-sale' ? null : reasonText(sale.reason);
    const kinds = entry.linksTo.map((kind) => t(`shop.names.${kind}`)).join(', ');
    const links = kinds ? t('shop.linksTo', { kinds }) : t('shop.linksToNothing');
    return [reason, t(`shop.does.${entry.kind}`), links].filter((line) => line !== null).join('\n');
  };
}
