import { adopt } from '../sheet.ts';
import sheet from './workshop.css?sheet';

adopt(sheet);
