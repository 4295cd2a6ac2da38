import next from 'eslint-config-next/core-web-vitals';
import typescript from 'eslint-config-next/typescript';
import { defineConfig, globalIgnores } from 'eslint/config';

const features = [
  'audit',
  'auth',
  'connections',
  'dashboard',
  'hooks',
  'invitations',
  'jobs',
  'projects',
  'schedules',
  'security',
  'notifications',
  'settings',
  'step-up',
  'uploads',
  'videos',
  'webhooks',
  'workspace',
];

/** app → features → components, lib. What a layer may not import: everything that stands above it, and a feature no other feature. */
const zones = [
  { target: './src/lib', from: ['./src/app', './src/features', './src/components'] },
  { target: './src/components', from: ['./src/app', './src/features'] },
  { target: './src/features', from: './src/app' },
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`],
    message: 'Features do not import each other; let the page put them together.',
  })),
];

export default defineConfig([
  ...next,
  ...typescript,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      // Posters come through /api with the reader's cookies; an image optimiser could not ask for them.
      '@next/next/no-img-element': 'off',
      'import/no-cycle': 'error',
      'import/no-restricted-paths': ['error', { zones }],
      'max-lines': ['error', 250],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'next/link',
              importNames: ['default'],
              message: 'Use Link of @/i18n/navigation: it keeps the language.',
            },
            {
              name: 'next/navigation',
              importNames: ['useRouter', 'usePathname', 'redirect'],
              message: 'Use the ones of @/i18n/navigation: they keep the language.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Only lib/env.ts reads the environment.',
        },
        {
          selector:
            "IfStatement[test.property.name='isError'] > :matches(ReturnStatement, BlockStatement:has(> ReturnStatement)).consequent",
          message:
            'Data that are there stay when reading them again fails: if (!query.data) return <NotLoaded query={query}>…',
        },
      ],
    },
  },
  { files: ['src/lib/env.ts'], rules: { 'no-restricted-syntax': 'off' } },
  globalIgnores(['.next/**', 'next-env.d.ts']),
]);
