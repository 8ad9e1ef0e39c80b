import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { openDesk, type Desk } from './support';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
