import type { ReactElement } from 'react';
import { Checkbox, Input, Label, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Icon } from '../ui/icons';
import type { NodeChoice } from './use-nodes';

interface Props {
  search: string;
  onSearch: (search: string) => void;
  all: boolean;
  onAll: (all: boolean) => void;
  nodes: NodeChoice;
}

const SEARCH_CHARS_MAX = 200;

/** What to show of the marketplace. */
export function Filters({ search, onSearch, all, onAll, nodes }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="filters">
      <SearchField className="search" value={search} onChange={onSearch}>
        <Label className="visually-hidden">{t('marketplace.search')}</Label>
        <Icon name="search" />
        <Input
          data-testid="marketplace-search"
          placeholder={t('marketplace.searchPlaceholder')}
          maxLength={SEARCH_CHARS_MAX}
        />
        {search && (
          <Button look="icon" aria-label={t('marketplace.clearSearch')}>
            <Icon name="cross" />
          </Button>
        )}
      </SearchField>
      <Checkbox className="checkbox" data-testid="show-installed" isSelected={all} onChange={onAll}>
        <span className="checkbox-box" aria-hidden="true">
          <Icon name="check" />
        </span>
        {t('marketplace.showInstalled')}
      </Checkbox>
      {nodes.known.length > 1 && (
        <label className="node-choice">
          {t('marketplace.node')}
          <select
            data-testid="node"
            value={nodes.node}
            onChange={(event) => nodes.choose(event.target.value)}
          >
            {nodes.known.map(({ id, isReachable }) => (
              <option key={id} value={id}>
                {isReachable ? id : t('marketplace.nodeAway', { node: id })}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
