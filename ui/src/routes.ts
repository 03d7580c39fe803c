// Pages by route. Login and today come with the first answer; every other page when it is opened.
import type { FunctionComponent } from 'preact';
import { TodayPage } from './pages/today.tsx';
import { later } from './parts/later.tsx';

export interface PageProps {
  ids: Record<string, string>;
  query: URLSearchParams;
}
type Page = FunctionComponent<PageProps>;

const intake = () => import('./pages/intake.tsx');
const consultations = () => import('./pages/consultations.tsx');
const consultation = () => import('./pages/consultation.tsx');
const consultation_acts = () => import('./pages/consultation_acts.tsx');
const cases = () => import('./pages/cases.tsx');
const case_page = () => import('./pages/case.tsx');
const case_acts = () => import('./pages/case_acts.tsx');
const help_acts = () => import('./pages/help_acts.tsx');
const organisations = () => import('./pages/organisations.tsx');
const contacts = () => import('./pages/contacts.tsx');
const table = () => import('./pages/table.tsx');
const search = () => import('./pages/search.tsx');
const rows = () => import('./pages/rows.tsx');
const administration = () => import('./pages/administration.tsx');
const account = () => import('./pages/account.tsx');

export const PAGES: Record<string, Page> = {
  '/today': TodayPage,
  '/intake': later(() => intake().then(found => found.IntakePage)),
  '/intake/check': later(() => intake().then(found => found.CheckPage)),
  '/consultations': later(() => consultations().then(found => found.ConsultationsPage)),
  '/consultations/:id': later(() => consultation().then(found => found.ConsultationPage)),
  '/consultations/:id/edit': later(() => consultation().then(found => found.EditConsultationPage)),
  '/consultations/:id/close': later(() => consultation_acts().then(found => found.CloseConsultationPage)),
  '/consultations/:id/reopen': later(() => consultation_acts().then(found => found.ReopenConsultationPage)),
  '/consultations/:id/case': later(() => consultation_acts().then(found => found.OpenCasePage)),
  '/cases': later(() => cases().then(found => found.CasesPage)),
  '/cases/:id': later(() => case_page().then(found => found.CasePage)),
  '/cases/:id/edit': later(() => case_acts().then(found => found.EditCasePage)),
  '/cases/:id/phase': later(() => case_acts().then(found => found.PhasePage)),
  '/cases/:id/close': later(() => case_acts().then(found => found.CloseCasePage)),
  '/cases/:id/reopen': later(() => case_acts().then(found => found.ReopenCasePage)),
  '/cases/:id/closed-off': later(() => case_acts().then(found => found.ClosedOffPage)),
  '/cases/:id/link': later(() => case_acts().then(found => found.LinkPage)),
  '/cases/:id/grants': later(() => case_acts().then(found => found.GrantsPage)),
  '/cases/:id/rescue': later(() => help_acts().then(found => found.NewRescuePage)),
  '/cases/:id/visit': later(() => help_acts().then(found => found.NewVisitPage)),
  '/rescues/:id/:step': later(() => help_acts().then(found => found.RescueStepPage)),
  '/visits/:id/edit': later(() => help_acts().then(found => found.EditVisitPage)),
  '/visits/:id/:step': later(() => help_acts().then(found => found.VisitStepPage)),
  '/case-links/:id/undo': later(() => case_acts().then(found => found.UndoLinkPage)),
  '/organisations': later(() => organisations().then(found => found.OrganisationsPage)),
  '/organisations/new': later(() => organisations().then(found => found.NewOrganisationPage)),
  '/organisations/:id': later(() => organisations().then(found => found.OrganisationPage)),
  '/organisations/:id/edit': later(() => organisations().then(found => found.EditOrganisationPage)),
  '/contacts/:id': later(() => contacts().then(found => found.ContactPage)),
  '/table': later(() => table().then(found => found.TablePage)),
  '/table/:basis/:period/:which': later(() => table().then(found => found.FigureRowsPage)),
  '/search': later(() => search().then(found => found.SearchPage)),
  '/versions/:plural/:id': later(() => rows().then(found => found.VersionsPage)),
  '/bin/:plural': later(() => rows().then(found => found.BinListPage)),
  '/bin/:plural/:id': later(() => rows().then(found => found.BinPage)),
  '/administration': later(() => administration().then(found => found.AdministrationPage)),
  '/administration/new': later(() => administration().then(found => found.NewUserPage)),
  '/administration/:id/:act': later(() => administration().then(found => found.EndUserPage)),
  '/account': later(() => account().then(found => found.AccountPage)),
};
export const ROUTES: readonly string[] = Object.keys(PAGES);
