import { Option } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit.ts'
import { withExamples } from '../help.ts'
import type { Column } from '../output/print.ts'
import { time } from '../output/values.ts'
import { dataOf, type operations } from '../sdk/index.ts'
import { brandOf } from './find.ts'

type Rate = operations['admin.tax_rates']['responses'][200]['content']['application/json']['data'][number]
type Profile = operations['billing.tax_profile']['responses'][200]['content']['application/json']
type Preset = NonNullable<operations['admin.apply_tax_preset']['requestBody']>['content']['application/json']['country']
type Program = ReturnType<Cli['program']['command']>
interface AddOptions {
  country: string; rate: string; name: string; from: string; to?: string; region?: string; product?: string; inclusive?: boolean
  endsPresent?: boolean; source?: string; brand?: string
}
interface ProfileOptions { business?: boolean; taxId?: string; region?: string }

const RATES: Column<Rate>[] = [
  { title: 'Country', value: (rate) => (rate.region === '' ? rate.country : `${rate.country}-${rate.region}`) }, { title: 'Tax', value: (rate) => rate.name },
  { title: 'Rate', value: (rate) => rate.rate, right: true }, { title: 'Product', value: (rate) => rate.product || 'all' }, { title: 'In the price', value: (rate) => rate.inclusive },
  { title: 'From', value: (rate) => rate.active_from }, { title: 'Until before', value: (rate) => rate.active_to }, { title: 'Now', value: (rate) => rate.current },
  { title: 'Source', value: (rate) => rate.source }, { title: 'Id', value: (rate) => rate.id },
]
const PROFILE: Column<Profile>[] = [
  { title: 'Country', value: (one) => one.country }, { title: 'Region', value: (one) => one.region }, { title: 'Business', value: (one) => one.business },
  { title: 'Tax id', value: (one) => one.tax_id }, { title: 'Register says', value: (one) => one.vat_status }, { title: 'Asked', value: (one) => time(one.vat_checked_at) },
  { title: 'Exempt', value: (one) => one.exempt }, { title: 'Until before', value: (one) => one.exempt_until },
]

function ratesCommands({ action }: Cli, taxes: Program): void {
  withExamples(taxes.command('rates').description('Operator: list tax rates with their dates and sources.').option('--country <code>', 'of this one').option('--brand <brand>', 'name or id, when there are several'),
    'shellwego taxes rates --country NG')
    .action(action(async ({ account, print }, { country, brand }: { country?: string; brand?: string }) => {
      const query = { brand_id: await brandOf(account(), brand), ...(country ? { country } : {}) }
      const { data } = await dataOf(account().GET('/v1/admin/tax-rates', { params: { query } }))
      await print.list(data, RATES, 'No rates: every customer is charged the seller\'s one rate.')
    }))

  withExamples(
    taxes.command('add').description('Operator: add a rate. Issued documents keep theirs.').requiredOption('--country <code>', 'ISO 3166').requiredOption('--rate <fraction>', 'like 0.075')
      .requiredOption('--name <name>', 'as invoices show it').requiredOption('--from <day>', 'first day').option('--to <day>', 'no more from that day on').option('--region <code>', 'part of the country')
      .option('--product <key>', 'for this one only').option('--inclusive', 'prices contain it').option('--ends-present', 'the rate in force ends that day').option('--source <text>', 'where it is written')
      .option('--brand <brand>', 'name or id, when there are several'),
    'shellwego taxes add --country NG --rate 0.075 --name VAT --from 2026-01-01', 'shellwego taxes add --country GH --rate 0.20 --name VAT --from 2027-01-01 --ends-present',
  ).action(action(async ({ account, print }, { from, to, endsPresent, brand, ...rest }: AddOptions) => {
    const dates = { active_from: from, ...(to ? { active_to: to } : {}), ...(endsPresent ? { ends_present: true } : {}) }
    const body = { ...rest, brand_id: await brandOf(account(), brand), ...dates }
    const rate = await dataOf(account().POST('/v1/admin/tax-rates', { body }))
    await print.done(`${rate.name} of ${rate.rate} in ${rate.country} from ${rate.active_from} on (${rate.id}).`, rate)
  }))

  withExamples(taxes.command('end').description('Operator: end a rate with a day.').argument('<rate>', 'its id').requiredOption('--on <day>', 'no more from that day on'),
    'shellwego taxes end taxr_4c1k5a8r9x0000000000000 --on 2027-01-01')
    .action(action(async ({ account, print }, { on }: { on: string }, id: string) => {
      const path = { tax_rate_id: id }
      const { etag } = await dataOf(account().GET('/v1/admin/tax-rates/{tax_rate_id}', { params: { path } }))
      const rate = await dataOf(account().PATCH('/v1/admin/tax-rates/{tax_rate_id}', { params: { path, header: { 'If-Match': etag } }, body: { active_to: on } }))
      await print.done(`${rate.name} in ${rate.country} ends before ${rate.active_to ?? on}.`, rate)
    }))

  withExamples(
    taxes.command('preset').description('Operator: add the known rates of a country, with their sources.').addOption(new Option('--country <code>', 'which').choices(['NG', 'KE', 'ZA', 'GH']).makeOptionMandatory())
      .option('--brand <brand>', 'name or id, when there are several'),
    'shellwego taxes preset --country NG',
  ).action(action(async ({ account, print }, { country, brand }: { country: Preset; brand?: string }) => {
    const { data } = await dataOf(account().POST('/v1/admin/tax-rates/presets', { body: { brand_id: await brandOf(account(), brand), country } }))
    await print.list(data, RATES, 'All of them were there.')
  }))
}

export function taxesCommands(cli: Cli): void {
  const taxes = cli.program.command('taxes').description('Tax of your organization, and for operators the rates.')
  withExamples(taxes.command('profile').description('Show how your organization is taxed.'), 'shellwego taxes profile')
    .action(cli.action(async ({ api, print }) => print.item(await dataOf((await api()).GET('/v1/billing/tax-profile')), PROFILE)))

  withExamples(
    taxes.command('set-profile').description('Say how your organization is taxed; what is left out stays.').option('--business', 'a business').option('--no-business', 'a person')
      .option('--tax-id <number>', 'like DE123456789; empty takes it away').option('--region <code>', 'part of the country'),
    'shellwego taxes set-profile --business --tax-id DE123456789',
  ).action(cli.action(async ({ api, print }, { business, taxId, region }: ProfileOptions) => {
    if (business === undefined && taxId === undefined && region === undefined) throw new UsageError('say what is to change: --business, --tax-id or --region')
    const client = await api()
    const { etag, ...present } = await dataOf(client.GET('/v1/billing/tax-profile'))
    const profile = await dataOf(client.PUT('/v1/billing/tax-profile', {
      params: { header: { 'If-Match': etag } },
      body: {
        business: business ?? present.business, tax_id: taxId === undefined ? present.tax_id : taxId || null, region: region ?? present.region,
        document_language: present.document_language,
      },
    }))
    await print.done(profile.vat_status === 'pending' ? 'Saved. The number is being checked; invoices wait for the answer.' : 'Saved.', profile)
  }))
  ratesCommands(cli, taxes)
}
