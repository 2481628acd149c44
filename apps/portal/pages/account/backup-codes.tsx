/** Backup codes, shown this once: to copy, to save, to print. */
import { useReader } from '../../shell/reader-context.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'

export function BackupCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useReader()
  const text = codes.join('\n')
  return (
    <div className="message" role="status">
      <h3>{t('account.codes')}</h3>
      <p>{t('account.codes-hint')}</p>
      <pre className="secret" id="backup-codes" translate="no">
        {text}
      </pre>
      <div className="button-row">
        <CopyButton text={text} from="backup-codes" />
        <a
          className="button button-small"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download="lanmei-backup-codes.txt"
        >
          {t('form.save-file')}
        </a>
        <button type="button" className="button-next button-small" onClick={onKept}>
          {t('account.codes-kept')}
        </button>
      </div>
    </div>
  )
}
